internal import Groundwork

/// The failure of a try.
public struct SendFailure: Error, Hashable, Sendable {
    /// The failure, with its delivery.
    public var failure: StepFailure
    /// The wait that the API asked for.
    public var retryAfter: Duration?

    /// Creates a failure.
    public init(_ failure: StepFailure, retryAfter: Duration? = nil) {
        self.failure = failure
        self.retryAfter = retryAfter
    }
}
