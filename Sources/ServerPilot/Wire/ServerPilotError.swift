/// A failure of one call to ServerPilot.
public struct ServerPilotError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is; more may come.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// The code as recipes see it in `code`.
        public let rawValue: String
        /// A code.
        public init(rawValue: String) { self.rawValue = rawValue }
        private init(_ value: String) { rawValue = value }
        /// The code as recipes see it.
        public var description: String { rawValue }

        /// The arguments break rules; nothing was sent.
        public static let invalidArguments = Code("invalid_arguments")
        /// 400: not understood, or an argument is missing or bad.
        public static let badRequest = Code("bad_request")
        /// 401: the credentials are wrong.
        public static let unauthorized = Code("unauthorized")
        /// 402: the account has no valid card.
        public static let paymentRequired = Code("payment_required")
        /// 403: the thing is protected.
        public static let forbidden = Code("forbidden")
        /// 404: there is no thing with that id.
        public static let notFound = Code("not_found")
        /// 409: it exists already.
        public static let conflict = Code("conflict")
        /// 429: too many requests.
        public static let throttled = Code("throttled")
        /// Any 5xx.
        public static let serverFault = Code("server_fault")
        /// A status that the API does not document.
        public static let unexpectedStatus = Code("unexpected_status")
        /// A successful reply that cannot be read.
        public static let unreadableReply = Code("unreadable_reply")
        /// A reply larger than the limit.
        public static let replyTooLarge = Code("reply_too_large")
        /// No connection: name, route, port, proxy or TLS.
        public static let notConnected = Code("not_connected")
        /// The connection ended before the whole reply was there.
        public static let connectionLost = Code("connection_lost")
        /// No answer in time.
        public static let timedOut = Code("timed_out")
        /// The call was cancelled.
        public static let cancelled = Code("cancelled")
    }

    /// What kind of failure it is.
    public let code: Code
    /// What happened, in one line, without secrets.
    public let message: String
    /// The status of the reply, where there was one.
    public let status: Int?
    /// The operation that failed, where it is known.
    public let operation: Operation.Name?
    /// What is known of the request.
    public let delivery: Delivery
    /// How long the API asks to wait, of a 429.
    public let retryAfter: Duration?
    /// For `invalidArguments`: every problem that was found.
    public let problems: [ArgumentProblem]
    /// What lies behind it, for diagnosis; its text is not shown, since it is not known to be free of secrets.
    public let cause: (any Error)?

    /// A failure.
    public init(
        code: Code, message: String, status: Int? = nil, operation: Operation.Name? = nil, delivery: Delivery,
        retryAfter: Duration? = nil, problems: [ArgumentProblem] = [], cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.status = status
        self.operation = operation
        self.delivery = delivery
        self.retryAfter = retryAfter
        self.problems = problems
        self.cause = cause
    }

    /// The operation and the message.
    public var description: String { operation.map { "\($0): \(message)" } ?? message }

    /// The same failure, said of that operation and with its text redacted.
    public func of(_ operation: Operation.Name, redactor: Redactor) -> ServerPilotError {
        ServerPilotError(
            code: code, message: redactor.redact(message), status: status, operation: operation, delivery: delivery,
            retryAfter: retryAfter, problems: problems, cause: cause)
    }
}

extension ServerPilotError.Code {
    /// The code that belongs to a status of 400 or more.
    static func of(status: Int) -> ServerPilotError.Code {
        switch status {
        case 400: .badRequest
        case 401: .unauthorized
        case 402: .paymentRequired
        case 403: .forbidden
        case 404: .notFound
        case 409: .conflict
        case 429: .throttled
        case 500...599: .serverFault
        default: .unexpectedStatus
        }
    }
}

extension Delivery {
    /// What a status of a reply tells.
    ///
    /// Only the statuses that the API documents as refusals count as such, and those that say that the request was too
    /// large to be looked at (RFC 9110, RFC 6585); all that is unknown may have been done.
    static func of(status: Int) -> Delivery {
        switch status {
        case 400, 401, 402, 403, 404, 409, 413, 414, 431: .rejected
        case 429: .throttled
        default: .ambiguous
        }
    }
}
