public import Groundwork

/// A failure of one call to ServerPilot.
///
/// ```swift
/// import ServerPilotClient
///
/// func delete(_ app: AppID, in account: ServerPilotAccount) async throws {
///     do throws(ServerPilotError) {
///         try await account.deleteApp(app)
///     } catch {
///         if error.code == .notFound { return }
///         if error.delivery == .ambiguous { print("the app may be deleted: \(error.message)") }
///         throw error
///     }
/// }
/// ```
public struct ServerPilotError: Error, Sendable, CustomStringConvertible {
    /// The kind of a failure; later versions may add others.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// The code as recipes read it in `code`.
        public let rawValue: String
        /// Creates a code.
        public init(rawValue: String) { self.rawValue = rawValue }
        private init(_ value: String) { rawValue = value }
        /// The code as recipes read it.
        public var description: String { rawValue }

        /// The arguments break rules; nothing was sent.
        public static let invalidArguments = Code("invalid_arguments")
        /// 400: the API cannot parse the request, or an argument is missing or invalid.
        public static let badRequest = Code("bad_request")
        /// 401: the credentials are wrong.
        public static let unauthorized = Code("unauthorized")
        /// 402: the account has no valid card.
        public static let paymentRequired = Code("payment_required")
        /// 403: the resource is protected.
        public static let forbidden = Code("forbidden")
        /// 404: no resource has the id.
        public static let notFound = Code("not_found")
        /// 409: the resource already exists.
        public static let conflict = Code("conflict")
        /// 429: too many requests.
        public static let throttled = Code("throttled")
        /// Any 5xx status.
        public static let serverFault = Code("server_fault")
        /// A status that the API does not document.
        public static let unexpectedStatus = Code("unexpected_status")
        /// A successful response that cannot be read.
        public static let unreadableReply = Code("unreadable_reply")
        /// A response larger than the limit.
        public static let replyTooLarge = Code("reply_too_large")
        /// No connection, because of name, route, port, proxy or TLS.
        public static let notConnected = Code("not_connected")
        /// The connection ended before the whole response arrived.
        public static let connectionLost = Code("connection_lost")
        /// No response within the timeout.
        public static let timedOut = Code("timed_out")
        /// The call was cancelled.
        public static let cancelled = Code("cancelled")

        /// Whether a later request may succeed although nothing else changes.
        package var mayPass: Bool {
            switch self {
            case .serverFault, .connectionLost, .timedOut, .notConnected, .unreadableReply, .throttled: true
            default: false
            }
        }
    }

    /// The kind of failure.
    public let code: Code
    /// A description of the failure in one line, without secrets.
    public let message: String
    /// The HTTP status of the response, if there was one.
    public let status: Int?
    /// The failed operation, if it is known.
    public let operation: Operation.Name?
    /// Whether the API may have executed the request.
    public let delivery: Delivery
    /// The time that the API asks to wait after a 429.
    public let retryAfter: Duration?
    /// All problems of the arguments, for `invalidArguments`.
    public let problems: [ArgumentProblem]
    /// The underlying error, for diagnosis; its text is not shown, because it may hold secrets.
    public let cause: (any Error)?

    /// Creates a failure.
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

    /// Returns the same failure with the operation's name and a redacted message.
    public func of(_ operation: Operation.Name, redactor: Redactor) -> ServerPilotError {
        ServerPilotError(
            code: code, message: redactor.redact(message), status: status, operation: operation, delivery: delivery,
            retryAfter: retryAfter, problems: problems, cause: cause)
    }
}

extension ServerPilotError.Code {
    /// Returns the code for a status other than 2xx.
    package static func of(status: Int) -> ServerPilotError.Code {
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
    /// Returns the delivery for a response with a status other than 2xx.
    ///
    /// `rejected` covers the statuses that the API documents as refusals. It also covers those of a request that was
    /// too large to be read (RFC 9110, RFC 6585). With any other status the API may have executed the request.
    static func of(status: Int) -> Delivery {
        switch status {
        case 400, 401, 402, 403, 404, 409, 413, 414, 431: .rejected
        case 429: .throttled
        default: .ambiguous
        }
    }
}
