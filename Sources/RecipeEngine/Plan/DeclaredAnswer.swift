public import Groundwork

/// A reply to a read outside the account: declared by a recipe for its plan, or real in the run that follows the plan.
public struct DeclaredAnswer: Hashable, Sendable {
    /// The function, such as `http.get`.
    public let operation: String
    /// The target, such as `https://api.example/v2/droplets/1`.
    public let object: String
    /// The reply.
    public let value: JSONValue

    /// Creates an answer.
    public init(operation: String, object: String, value: JSONValue) {
        self.operation = operation
        self.object = object
        self.value = value
    }
}
