public import HTTPTypes
public import ServerPilot

/// A request is about to be sent again: for a progress line and for counting.
public struct RetryEvent: Sendable {
    /// Why.
    public enum Reason: Sendable {
        /// It could not be sent.
        case notSent(ServerPilotError)
        /// The API answered 429.
        case throttled
    }

    /// The method of the request.
    public let method: HTTPRequest.Method
    /// Its path below the API's base.
    public let path: String
    /// How many tries have failed.
    public let failures: Int
    /// The pause before the next.
    public let delay: Duration
    /// Why.
    public let reason: Reason
}
