/// What is known of a request that failed: the question on which it depends whether it may be sent again.
public enum Delivery: String, Hashable, Sendable {
    /// It certainly did not reach the API: no name, no connection, refused, no TLS.
    case notSent
    /// The API answered that it did not do it.
    case rejected
    /// The API answered that it did not do it because of too many requests.
    case throttled
    /// It may have been done or not: a lost connection, a time-out, any 5xx, an answer that cannot be read.
    case ambiguous
}
