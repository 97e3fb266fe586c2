public import ServerPilot

/// An answer from outside that changes nothing there, as a recipe declared it for its plan.
public struct DeclaredAnswer: Hashable, Sendable {
    /// What was asked: `http.get`.
    public let operation: String
    /// Of what: `https://api.example/v2/droplets/1`.
    public let object: String
    /// The answer.
    public let value: JSONValue

    /// An answer.
    public init(operation: String, object: String, value: JSONValue) {
        self.operation = operation
        self.object = object
        self.value = value
    }
}
