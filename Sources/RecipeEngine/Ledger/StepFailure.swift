/// A failure of a step as recorded: enough to fail in the same way when the step is replayed.
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
    /// The name of what is known about the change; `nil` if the question does not arise or nothing is known.
    public var delivery: String?
    /// More about the failure; `nil` for a failure of the account's API.
    public var details: Details?

    /// Creates a failure.
    public init(code: String, message: String, status: Int? = nil, delivery: String?, details: Details? = nil) {
        self.code = code
        self.message = message
        self.status = status
        self.delivery = delivery
        self.details = details
    }
}
