/// How operations belong together, derived from the table.
extension Operation {
    /// The operation that creates a thing of the kind.
    public static func creating(_ kind: ResourceKind) -> Operation? {
        all.first { $0.effect == .create && $0.kind == kind }
    }

    /// The operation that gets one thing of the kind by its id.
    public static func reading(_ kind: ResourceKind) -> Operation? {
        all.first { operation in
            guard case .object = operation.result, operation.effect == .read else { return false }
            return operation.kind == kind
        }
    }

    /// The operation that changes the fields of one thing of the kind.
    public static func updating(_ kind: ResourceKind) -> Operation? {
        guard let path = reading(kind)?.path else { return nil }
        return all.first { $0.effect == .update && $0.kind == kind && $0.path == path }
    }
}
