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

    /// The operation that lists all things of the kind.
    package static func listing(_ kind: ResourceKind) -> Operation? {
        all.first { operation in
            guard case .list = operation.result, operation.pathParameters.isEmpty else { return false }
            return operation.kind == kind
        }
    }

    /// The lists of what things of that kind hold, each with the member that names its owner: what falls with one of
    /// them.
    package static func owned(by kind: ResourceKind) -> [(listing: Operation, owner: String)] {
        ResourceKind.allCases.compactMap(listing).compactMap { listing in
            guard listing.kind != kind, case .list(let shape) = listing.result,
                let owner = shape.fields.first(where: { $0.type == .identifier(kind) })
            else { return nil }
            return (listing, owner.name)
        }
    }

    /// The operation that changes the fields of one thing of the kind.
    public static func updating(_ kind: ResourceKind) -> Operation? {
        guard let path = reading(kind)?.path else { return nil }
        return all.first { $0.effect == .update && $0.kind == kind && $0.path == path }
    }
}
