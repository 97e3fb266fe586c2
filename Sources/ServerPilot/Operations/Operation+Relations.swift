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

    /// The lists that hold what falls with things of that kind, at any depth; owners come before what they own.
    package static func fallingLists(with kind: ResourceKind) -> [Operation] {
        var kinds: [ResourceKind] = [kind]
        var lists: [Operation] = []
        while let next = kinds.popLast() {
            for owned in owned(by: next) where !lists.contains(where: { $0.name == owned.listing.name }) {
                lists.append(owned.listing)
                kinds.append(owned.listing.kind)
            }
        }
        // The cases of `ResourceKind` stand in that order.
        let order = ResourceKind.allCases
        return lists.sorted { order.firstIndex(of: $0.kind) ?? 0 < order.firstIndex(of: $1.kind) ?? 0 }
    }

    /// Whether it removes a whole thing of its kind, and with it what falls, as opposed to a certificate or a key of one.
    package var removesResource: Bool { effect == .delete && path == Operation.reading(kind)?.path }

    /// Whether it is about the certificate of an app, and not about the app.
    package var isAboutSSL: Bool { path == Operation.named("add_ssl")?.path }

    /// Whether a 429 may be answered by sending the request again without a look at the account first.
    ///
    /// A gateway can refuse a request that was carried out. What would then exist twice is looked for; and what falls with a
    /// deletion can have changed while the API asked to wait.
    package var repeatsUnseen: Bool {
        switch effect {
        case .read, .update: true
        case .create: isRepeatable || naturalKey?.uniqueness != nil
        case .delete: !removesResource || Operation.fallingLists(with: kind).isEmpty
        }
    }

    /// The operation that changes the fields of one thing of the kind.
    public static func updating(_ kind: ResourceKind) -> Operation? {
        guard let path = reading(kind)?.path else { return nil }
        return all.first { $0.effect == .update && $0.kind == kind && $0.path == path }
    }
}
