package import Groundwork

/// A reply to a read outside the account: declared by a recipe for its plan, or real in the run that follows the plan.
package struct DeclaredAnswer: Hashable, Sendable {
    /// The function, such as `http.get`.
    package let operation: String
    /// The target, such as `https://api.example/v2/droplets/1`.
    package let object: String
    /// The reply.
    package let value: JSONValue
}
