internal import OrderedCollections
public import ServerPilot

/// What a deletion removes: a resource, and with it everything in it.
///
/// Which lists name what as their owner is derived from the operations table.
public struct Cascade: Hashable, Sendable {
    /// One resource, by its id and by what people call it.
    public struct Resource: Hashable, Sendable {
        /// What it is.
        public let kind: ResourceKind
        /// Its id.
        public let id: String
        /// Its name; the id where no name is known.
        public let name: String

        /// A resource.
        public init(kind: ResourceKind, id: String, name: String) {
            self.kind = kind
            self.id = id
            self.name = name
        }
    }

    /// What the deletion names.
    public let resource: Resource
    /// What falls with it, owners before what they own; the system user `serverpilot`, which is a part of its server, is
    /// left out.
    public let fallen: [Resource]

    /// A deletion of a resource in which there is nothing else, as far as is known.
    public init(_ resource: Resource, fallen: [Resource] = []) {
        self.resource = resource
        self.fallen = fallen
    }

    /// What a deletion removes, by the lists that `Operation.fallingLists(with:)` names, in that order.
    init(_ resource: Resource, in lists: [(listing: ServerPilot.Operation, things: [JSONValue])]) {
        var ids: [ResourceKind: Set<String>] = [resource.kind: [resource.id]]
        var fallen: [Resource] = []
        for (listing, things) in lists {
            guard case .list(let shape) = listing.result else { continue }
            let owners = shape.fields.compactMap { field -> (name: String, kind: ResourceKind)? in
                if case .identifier(let kind) = field.type, kind != listing.kind { (field.name, kind) } else { nil }
            }
            for thing in things {
                let falls = owners.contains { owner in
                    thing[owner.name]?.stringValue.map { ids[owner.kind]?.contains($0) ?? false } ?? false
                }
                guard falls, let id = thing["id"]?.stringValue else { continue }
                ids[listing.kind, default: []].insert(id)
                let name = thing["name"]?.stringValue ?? id
                guard listing.kind != .sysuser || name != ServerPilot.Operation.serverPilotUser else { continue }
                fallen.append(Resource(kind: listing.kind, id: id, name: name))
            }
        }
        self.init(resource, fallen: fallen)
    }

    /// Everything that is removed, the resource itself included.
    public var count: Int { 1 + fallen.count }

    /// The ids of what falls.
    var fallenIDs: Set<String> { Set(fallen.map(\.id)) }

    /// `system user acme`, or with what falls: `system user acme with 2 apps (shop, wiki) and 1 database (shop-db)`.
    public var words: String {
        let name = "\(resource.kind.spokenName) \(resource.name)"
        return fallen.isEmpty ? name : "\(name) with \(Self.words(fallen.map { ($0.kind.spokenName, $0.name) }))"
    }

    /// Things with their names, by kind: `2 apps (shop, wiki) and 1 database (shop-db)`.
    ///
    /// All are named: whoever confirms a deletion has to see them.
    package static func words(_ things: [(kind: String, name: String)]) -> String {
        let kinds = OrderedDictionary(grouping: things, by: \.kind)
        let parts = kinds.map { kind, things in
            "\(things.count) \(kind)\(things.count == 1 ? "" : "s") (\(things.map(\.name).joined(separator: ", ")))"
        }
        guard let last = parts.last, parts.count > 1 else { return parts.joined() }
        return "\(parts.dropLast().joined(separator: ", ")) and \(last)"
    }
}
