internal import Groundwork

/// The failure of a try.
package struct SendFailure: Error, Hashable, Sendable {
    /// The failure, with its delivery.
    package var failure: StepFailure
    /// The wait that the API asked for.
    package var retryAfter: Duration?

    /// Creates a failure.
    package init(_ failure: StepFailure, retryAfter: Duration? = nil) {
        self.failure = failure
        self.retryAfter = retryAfter
    }
}
