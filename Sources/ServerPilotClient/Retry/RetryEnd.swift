/// The end of a request that was sent more than once.
///
/// ```swift
/// func transport(over base: any Transport) -> RetryingTransport {
///     RetryingTransport(base, onEnd: { end in
///         if end == .replied { print("the API answers again") }
///     })
/// }
/// ```
public enum RetryEnd: Hashable, Sendable {
    /// The last attempt got a reply.
    case replied
    /// The last attempt failed.
    case failed
    /// The task was cancelled before another attempt.
    case cancelled
}
