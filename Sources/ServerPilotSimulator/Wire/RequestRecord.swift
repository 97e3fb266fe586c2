public import Groundwork
public import HTTPTypes
public import ServerPilot

/// A record of how the simulator handled a request, for a log or a test.
///
/// ```swift
/// func line(_ record: RequestRecord) -> String {
///     let rule = record.ruleID.map { " by \($0)" } ?? ""
///     return "\(record.number) \(record.method) \(record.path) \(record.status)\(rule) \(record.duration.shortText)"
/// }
/// ```
public struct RequestRecord: Hashable, Sendable {
    /// The number of the request, counted from 1 in the order in which requests took effect.
    public let number: Int
    /// The time at which the request took effect.
    public let time: Timestamp
    /// The HTTP method.
    public let method: HTTPRequest.Method
    /// The path below the API's base.
    public let path: String
    /// The operation of the request; `nil` if it is unknown.
    public let operation: Operation.Name?
    /// The status of the reply, even if a fault kept the reply from the client; 0 without a reply.
    public private(set) var status: Int
    /// The id of the rule that refused the request; `nil` if it was accepted.
    public private(set) var ruleID: String?
    /// How sure the project is that ServerPilot refuses the request; `nil` if it was accepted.
    public private(set) var evidence: Evidence?
    /// The faults that struck the request, in short form, and the rivals' calls; `late arrival` marks a held request.
    public let faults: [String]
    /// The time on the simulation's clock from the arrival to the answer, commit included; a delay by a fault comes on
    /// top.
    public internal(set) var duration = Duration.zero

    /// Records that the change could not be stored, so that the client gets this refusal instead.
    mutating func refuse(_ refusal: Refusal) {
        status = refusal.status
        ruleID = refusal.ruleID
        evidence = refusal.evidence
    }
}
