extension Fault {
    /// The effect of a fault on a call.
    ///
    /// If several faults strike a call, delays add up, and all rivals' calls and all changes of the action happen.
    /// Among effects that change the reply, the first counts.
    public enum Effect: Hashable, Sendable {
        /// The reply is a failure with that status, 400 to 599. The call takes effect only if `isDone`.
        case status(Int, isDone: Bool)
        /// The call has no effect. The reply is 429 with that `Retry-After`, in whole seconds.
        case throttled(retryAfter: Duration)
        /// The call takes effect at once. Its reply is delayed by that time.
        case delay(Duration)
        /// The call takes effect. The body of its reply arrives in small pieces over that time.
        case drip(Duration)
        /// The connection closes: without a byte if the call has no effect, after the head of the reply if it has.
        case closed(isDone: Bool)
        /// The call takes effect. The connection closes without a byte.
        case replyLost
        /// The call takes effect. Only `keep` bytes of the reply's body arrive; half of the body if `nil`.
        case truncated(keep: Int?, announced: Announcement)
        /// The call takes effect. Its reply has the status 200 and another body.
        case wrongJSON(Body)
        /// No reply comes. The call takes effect `after` the client has given up or `patience` has passed.
        case late(after: Duration, patience: Duration)
        /// The work that the call queues takes `factor` times as long.
        case slowAction(factor: Double)
        /// The work that the call queues ends in `error`. The account keeps the change only if `isDone`.
        case failedAction(isDone: Bool)
        /// A rival makes a call of its own, just before or just after this call.
        case rival(RivalEdit, When)
    }

    /// The `Content-Length` of a truncated body.
    public enum Announcement: String, Hashable, Sendable, CaseIterable {
        /// The length of the whole body: the connection closes before all of it arrives.
        case full
        /// The length of the bytes that arrive: the reply is complete HTTP but incomplete JSON.
        case short
    }

    /// A body that differs from the API's document.
    public enum Body: Hashable, Sendable {
        /// An HTML page, as a proxy could send it.
        case html
        /// JSON without `data`.
        case shape
        /// A JSON document of that many bytes.
        case huge(bytes: Int)
    }

    /// The time of a rival's call.
    public enum When: String, Hashable, Sendable, CaseIterable {
        /// Just before the current call takes effect.
        case before
        /// Just after the current call took effect, before its reply is sent.
        case after
    }
}
