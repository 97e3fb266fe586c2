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
    /// The status of the reply.
    public let status: Int
    /// The rule that refused the request; `nil` where it was done.
    public let ruleID: String?
    /// How sure the project is that ServerPilot refuses this; `nil` where it was done.
    public let evidence: Evidence?
}
