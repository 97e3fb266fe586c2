public import Groundwork

/// A failure of a step as recorded: enough to fail in the same way when the step is replayed.
///
/// ```swift
/// func check(_ status: Int) throws(StepFailure) {
///     if status == 422 {
///         throw StepFailure(code: "invalid", message: "the order is invalid", status: status, delivery: .rejected)
///     }
///     if status >= 500 {
///         throw StepFailure(code: "server_fault", message: "the shop failed", status: status, delivery: .ambiguous)
///     }
/// }
/// ```
public struct StepFailure: Hashable, Sendable {
    /// More about the failure of a function; a failure of the account's API has none.
    public struct Details: Hashable, Sendable {
        /// The operation or function, as the recipe calls it.
        public var operation: String?
        /// The subject of the call: an id or a name.
        public var object: String?
        /// A suggested remedy.
        public var hint: String?
        /// A word in the recipe's line to point at.
        public var token: String?

        /// Creates details.
        public init(operation: String? = nil, object: String? = nil, hint: String? = nil, token: String? = nil) {
            self.operation = operation
            self.object = object
            self.hint = hint
            self.token = token
        }
    }

    /// A stable code.
    public var code: String
    /// A description, in one line.
    public var message: String
    /// The HTTP status; `nil` if there was no reply.
    public var status: Int?
    /// The knowledge whether a change was made; `nil` if the question does not arise or nothing is known.
    public var delivery: Delivery?
    /// More about the failure; `nil` for a failure of the account's API.
    public var details: Details?

    /// Creates a failure.
    public init(code: String, message: String, status: Int? = nil, delivery: Delivery? = nil, details: Details? = nil) {
        self.code = code
        self.message = message
        self.status = status
        self.delivery = delivery
        self.details = details
    }

    /// A person left the step out, and it has no result.
    public static let skipped = "skipped"
    /// No reply to the change arrived, and `Recovery.raised` reports that to the program.
    public static let lostAnswer = "lost_answer"
    /// The resource of the change does not exist.
    public static let notFound = "not_found"
    /// The run was stopped.
    public static let cancelled = "cancelled"

    /// Whether the change may have been made; true if nothing is known about it.
    public var mayHaveChanged: Bool { delivery == nil || delivery == .ambiguous }

    /// Returns the same failure with another message.
    public func saying(_ message: String) -> StepFailure {
        var failure = self
        failure.message = message
        return failure
    }
}

extension StepFailure: StepFailing {
    /// The failure itself.
    public var stepFailure: StepFailure { self }
}
