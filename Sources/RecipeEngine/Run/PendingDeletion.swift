/// A deletion that needs a confirmation.
///
/// ```swift
/// let onlyExpected: DeletionQuestion = { deletion in
///     for resource in deletion.added { print("new since the question: \(resource.name)") }
///     return deletion.operation == "delete_app" && deletion.added.isEmpty ? .yes : .no
/// }
/// ```
public struct PendingDeletion: Sendable {
    /// The operation, such as `delete_sysuser`.
    public let operation: String
    /// The resource and all resources deleted with it, by name: `system user acme with 1 app (shop)`.
    public let words: String
    /// The resources found right before sending that were not confirmed before; empty for the first question.
    public let added: [Cascade.Resource]
}

/// A function that asks whether a deletion may be made.
public typealias DeletionQuestion = @Sendable (_ deletion: PendingDeletion) async -> DeletionAnswer
