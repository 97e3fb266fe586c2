/// Why a request to somebody else got no reply.
public struct WebFailure: Error, Hashable, Sendable {
    /// What kind of failure it is.
    public enum Code: String, Hashable, Sendable {
        /// It must not be asked: the host is not allowed, or leads into this network.
        case refused
        /// There was no connection.
        case notConnected
        /// It took too long.
        case timedOut
        /// The connection ended before the whole reply was there.
        case connectionLost
        /// The reply is larger than any should be.
        case replyTooLarge
        /// What came is no HTTP.
        case unreadableReply
        /// The run was stopped.
        case cancelled
    }

    /// What kind of failure it is.
    public let code: Code
    /// What happened, in one line, without secrets.
    public let message: String
    /// What to do about it.
    public let hint: String?
    /// Whether it may have been done.
    public let delivery: Delivery
    /// Whether trying again is pointless.
    public let isPermanent: Bool

    /// A failure.
    public init(
        _ code: Code, _ message: String, hint: String? = nil, delivery: Delivery, isPermanent: Bool = false
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.delivery = delivery
        self.isPermanent = isPermanent
    }
}

/// Whether a request may be sent now: asked in the moment before, it throws where the request must not be sent.
public typealias WebQuestion = @Sendable () async throws(WebFailure) -> Void

/// The way to others than ServerPilot, for recipes.
public protocol WebClient: Sendable {
    /// Sends a request and asks before each time that it does, also before it sends the request again.
    ///
    /// - Throws: what `question` throws: then nothing was sent since. Otherwise as `send(_:)`.
    func send(_ request: WebRequest, asking question: WebQuestion) async throws(WebFailure) -> WebReply

    /// Sends a request and gives the reply, whatever its status is.
    ///
    /// Redirects of reads are followed, each held to the request's grants.
    ///
    /// - Throws: `WebFailure`; its `delivery` is `notSent` only where nothing of the request was sent.
    func send(_ request: WebRequest) async throws(WebFailure) -> WebReply
}

extension WebClient {
    /// Asks once, then sends: right for every client that sends at once and only once.
    public func send(_ request: WebRequest, asking question: WebQuestion) async throws(WebFailure) -> WebReply {
        try await question()
        return try await send(request)
    }
}
