extension Fault {
    /// What goes wrong with a call.
    ///
    /// Of several faults that strike one call, delays add up and all rival edits and changes of the action happen; of
    /// those that change the reply the first counts.
    public enum Effect: Hashable, Sendable {
        /// The reply is a failure of that status, 400 to 599; the call is done all the same or not.
        case status(Int, isDone: Bool)
        /// The call is not done; the reply is 429 and asks to wait so many whole seconds.
        case throttled(retryAfter: Duration)
        /// The call is done at once; its reply comes that much later.
        case delay(Duration)
        /// The call is done; the body of its reply comes in small pieces over that time.
        case drip(Duration)
        /// The connection ends: without a byte when the call is not done, after the head of the reply when it is.
        case closed(isDone: Bool)
        /// The call is done; the connection ends without a byte.
        case replyLost
        /// The call is done; of the body of its reply only so many bytes come, half of them if nothing is said.
        case truncated(keep: Int?, announced: Announcement)
        /// The call is done; its reply has the status 200 and another body.
        case wrongJSON(Body)
        /// No reply comes; the call is done `after` the client gave up, or after `patience` if it does not.
        case late(after: Duration, patience: Duration)
        /// The work that the call queues takes that many times as long.
        case slowAction(factor: Double)
        /// The work that the call queues ends in `error`; the account is changed all the same or not.
        case failedAction(isDone: Bool)
        /// Somebody else makes a call of their own, just before or just after this one.
        case rival(RivalEdit, When)
    }

    /// What `Content-Length` says of a body that is cut.
    public enum Announcement: String, Hashable, Sendable, CaseIterable {
        /// The length of the whole body: the connection ends before it is there.
        case full
        /// The length of what comes: the reply is whole as HTTP, and no whole JSON.
        case short
    }

    /// A body that is not what the API documents.
    public enum Body: Hashable, Sendable {
        /// A page for people, as a proxy in between would show it.
        case html
        /// JSON without `data`.
        case shape
        /// A JSON document of so many bytes.
        case huge(bytes: Int)
    }

    /// When a rival makes their call.
    public enum When: String, Hashable, Sendable, CaseIterable {
        /// Just before the call at hand is done.
        case before
        /// Just after it was done, before its reply is sent.
        case after
    }
}
