internal import ServerPilot

extension Timestamp {
    private static let nanosecondsInSecond: Int64 = 1_000_000_000
    private static let attosecondsInNanosecond: Int64 = 1_000_000_000

    /// Nanoseconds since the epoch: 64 bits reach from 1677 to 2262, and what lies beyond gets the end of that.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = sinceEpoch.components
        let (whole, isBeyond) = seconds.multipliedReportingOverflow(by: Self.nanosecondsInSecond)
        let (sum, isCarried) = whole.addingReportingOverflow(attoseconds / Self.attosecondsInNanosecond)
        if isBeyond || isCarried { return seconds < 0 ? .min : .max }
        return sum
    }

    /// A point in time, by nanoseconds since the epoch.
    init(nanoseconds: Int64) { self.init(sinceEpoch: .nanoseconds(nanoseconds)) }
}
