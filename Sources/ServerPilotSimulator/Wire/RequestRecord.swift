public import HTTPTypes
public import ServerPilot

/// What the simulator did with one request, for a log or a test.
public struct RequestRecord: Hashable, Sendable {
    /// Which request it was, counted from 1 in the order in which they took effect.
    public let number: Int
    /// When it took effect.
    public let time: Timestamp
    /// The method.
    public let method: HTTPRequest.Method
    /// The path below the API's base.
    public let path: String
    /// The operation that was meant; `nil` where that could not be told.
    public let operation: Operation.Name?
    /// The status of the reply, which a fault may have kept from the client; 0 where there was none.
    public private(set) var status: Int
    /// The rule that refused the request; `nil` where it was done.
    public private(set) var ruleID: String?
    /// How sure the project is that ServerPilot refuses this; `nil` where it was done.
    public private(set) var evidence: Evidence?
    /// The faults that struck it, in their short form, and what rivals did; `late arrival` of a request that was held.
    public let faults: [String]
    /// How long it took on the simulation's clock from its arrival until there was an answer, commit included; a delay
    /// by a fault comes on top.
    public internal(set) var duration = Duration.zero

    /// What was done could not be kept, so the client is told something else.
    mutating func refuse(_ refusal: Refusal) {
        status = refusal.status
        ruleID = refusal.ruleID
        evidence = refusal.evidence
    }
}
