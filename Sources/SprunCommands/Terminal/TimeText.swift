internal import FoundationEssentials
internal import Groundwork

extension Timestamp {
    /// The time as shown to people and programs: `2026-11-24T21:05:10Z`.
    var text: String { Date(timeIntervalSince1970: sinceEpoch.inSeconds).formatted(.iso8601) }
}
