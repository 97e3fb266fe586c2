/// Relations between operations, derived from the table.
extension Operation {
    /// Returns the operation that creates a resource of the kind.
    public static func creating(_ kind: ResourceKind) -> Operation? {
        all.first { $0.effect == .create && $0.kind == kind }
    }

    /// Returns the operation that reads one resource of the kind by its id.
    public static func reading(_ kind: ResourceKind) -> Operation? {
        all.first { operation in
            guard case .object = operation.result, operation.effect == .read else { return false }
            return operation.kind == kind
        }
    }

    /// Returns the operation that lists all resources of the kind.
    package static func listing(_ kind: ResourceKind) -> Operation? {
        all.first { operation in
            guard case .list = operation.result, operation.pathParameters.isEmpty else { return false }
            return operation.kind == kind
        }
    }

    /// Returns the lists of resources that belong to resources of the kind, each with the field that names the owner.
    ///
    /// A deletion of the owner also deletes these resources.
    package static func owned(by kind: ResourceKind) -> [(listing: Operation, owner: String)] {
        ResourceKind.allCases.compactMap(listing).compactMap { listing in
            guard listing.kind != kind, case .list(let shape) = listing.result,
                let owner = shape.fields.first(where: { $0.type == .identifier(kind) })
            else { return nil }
            return (listing, owner.name)
        }
    }

    /// Returns the lists of all resources that a deletion also deletes, at any depth, owners first.
    package static func fallingLists(with kind: ResourceKind) -> [Operation] {
        var kinds: [ResourceKind] = [kind]
        var lists: [Operation] = []
        while let next = kinds.popLast() {
            for owned in owned(by: next) where !lists.contains(where: { $0.name == owned.listing.name }) {
                lists.append(owned.listing)
                kinds.append(owned.listing.kind)
            }
        }
        // The cases of `ResourceKind` have this order.
        let order = ResourceKind.allCases
        return lists.sorted { order.firstIndex(of: $0.kind) ?? 0 < order.firstIndex(of: $1.kind) ?? 0 }
    }

    /// Whether the operation deletes a whole resource of its kind, and not only its certificate or one of its keys.
    package var removesResource: Bool { effect == .delete && path == Operation.reading(kind)?.path }

    /// Whether the operation is about the certificate of an app, not about the app.
    package var isAboutSSL: Bool { path == Operation.named("add_ssl")?.path }

    /// Whether a request may be sent again after a 429 without reading the account first.
    ///
    /// A gateway can answer 429 although the API executed the request. Repeating a create could then create a second
    /// resource, unless the natural key is unique. The resources that a deletion also deletes can change while the API
    /// asks to wait, so they must be read again.
    package var repeatsUnseen: Bool {
        switch effect {
        case .read, .update: true
        case .create: isRepeatable || naturalKey?.uniqueness != nil
        case .delete: !removesResource || Operation.fallingLists(with: kind).isEmpty
        }
    }

    /// Returns the operation that changes the fields of one resource of the kind.
    public static func updating(_ kind: ResourceKind) -> Operation? {
        guard let path = reading(kind)?.path else { return nil }
        return all.first { $0.effect == .update && $0.kind == kind && $0.path == path }
    }
}
