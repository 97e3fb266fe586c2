/// A deletion that needs a confirmation.
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
