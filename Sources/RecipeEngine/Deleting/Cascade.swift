internal import Groundwork
internal import OrderedCollections
public import ServerPilot

/// The resources that a deletion removes: a resource and everything in it.
///
/// The operations table says which fields of a list name the owner of its resources.
///
/// ```swift
/// let app = Cascade.Resource(kind: .app, id: "nlcN0TwdZAyNEgdp", name: "shop")
/// let user = Cascade.Resource(kind: .sysuser, id: "RvnwAIfuENyjUVnl", name: "acme")
/// let cascade = Cascade(user, fallen: [app])
/// print(cascade.words)  // system user acme with 1 app (shop)
/// print(cascade.count)  // 2
/// ```
public struct Cascade: Hashable, Sendable {
    /// A resource, by its kind, id and name.
    public struct Resource: Hashable, Sendable {
        /// The kind of resource.
        public let kind: ResourceKind
        /// The id of the resource.
        public let id: String
        /// The name of the resource; its id if no name is known.
        public let name: String

        /// Creates a resource.
        public init(kind: ResourceKind, id: String, name: String) {
            self.kind = kind
            self.id = id
            self.name = name
        }
    }

    /// The resource that the deletion names.
    public let resource: Resource
    /// The resources deleted with it, owners before what they own.
    ///
    /// The system user `serverpilot` is left out, since it is a part of its server.
    public let fallen: [Resource]

    /// Creates a cascade; by default the resource contains nothing else, as far as is known.
    public init(_ resource: Resource, fallen: [Resource] = []) {
        self.resource = resource
        self.fallen = fallen
    }

    /// Computes the cascade from the lists that `Operation.fallingLists(with:)` names, in that order.
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

    /// The number of removed resources, including the resource itself.
    public var count: Int { 1 + fallen.count }

    /// The ids of the resources deleted with it.
    var fallenIDs: Set<String> { Set(fallen.map(\.id)) }

    /// The cascade in words: `system user acme`, or
    /// `system user acme with 2 apps (shop, wiki) and 1 database (shop-db)`.
    public var words: String {
        let name = "\(resource.kind.spokenName) \(resource.name)"
        return fallen.isEmpty ? name : "\(name) with \(Self.words(fallen.map { ($0.kind.spokenName, $0.name) }))"
    }

    /// Returns the names of resources by kind: `2 apps (shop, wiki) and 1 database (shop-db)`.
    ///
    /// All names are listed: a person who confirms a deletion has to see them.
    package static func words(_ things: [(kind: String, name: String)]) -> String {
        let kinds = OrderedDictionary(grouping: things, by: \.kind)
        let parts = kinds.map { kind, things in
            "\(things.count) \(kind)\(things.count == 1 ? "" : "s") (\(things.map(\.name).joined(separator: ", ")))"
        }
        guard let last = parts.last, parts.count > 1 else { return parts.joined() }
        return "\(parts.dropLast().joined(separator: ", ")) and \(last)"
    }
}
