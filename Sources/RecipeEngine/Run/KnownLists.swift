internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// The lists of the account that a run has read, kept true by the run's own changes.
///
/// Other clients change the account too, so a list is used again only for a short time (`RunLimits.listAge`). The children
/// of a resource that the run created itself need no list: see `children`.
struct KnownLists {
    private struct List {
        let read: Timestamp
        /// The resources as they were read; `nil` once `things` has them.
        var unread: JSONArray?
        /// The resources by id; made when one is first looked up.
        var things: OrderedDictionary<String, JSONValue> = [:]
        /// The ids by name; made when a name is first looked up.
        var ids: [JSONValue: [String]]?
    }

    private var lists: [ServerPilot.Operation.Name: List] = [:]
    /// The resources that the run created, by listing and id.
    private var created: [ServerPilot.Operation.Name: OrderedDictionary<String, JSONValue>] = [:]
    /// The children of each resource that the run created without any, by listing and the parent's id.
    private var children: [String: [ServerPilot.Operation.Name: [String]]] = [:]

    // MARK: Reading

    mutating func read(_ things: JSONArray, of listing: ServerPilot.Operation.Name, at time: Timestamp) {
        lists[listing] = List(read: time, unread: things)
    }

    /// Indexes the resources of a list by id.
    private mutating func index(_ listing: ServerPilot.Operation.Name) {
        guard let things = lists[listing]?.unread else { return }
        var known: OrderedDictionary<String, JSONValue> = [:]
        known.reserveCapacity(things.count)
        for thing in things { if let id = thing["id"]?.stringValue { known[id] = thing } }
        lists[listing]?.unread = nil
        lists[listing]?.things = known
    }

    /// Returns a list that was read at that time or later.
    mutating func list(_ listing: ServerPilot.Operation.Name, since time: Timestamp) -> [JSONValue]? {
        recent(listing, since: time).map { Array($0.things.values) }
    }

    /// Returns an indexed list that was read at that time or later.
    private mutating func recent(_ listing: ServerPilot.Operation.Name, since time: Timestamp) -> List? {
        guard let list = lists[listing], list.read >= time else { return nil }
        index(listing)
        return lists[listing]
    }

    /// Returns the resources that may have a key, from a list that was read at that time or later.
    ///
    /// - Parameters:
    ///   - listing: the list.
    ///   - key: the fields; with a name, only resources of that name are returned.
    ///   - time: the earliest time of the read.
    /// - Returns: the resources; `nil` if the list has to be read.
    mutating func candidates(
        _ listing: ServerPilot.Operation.Name, _ key: JSONObject, since time: Timestamp
    ) -> [JSONValue]? {
        if let made = childrenOfOwnParent(listing, key) { return made }
        guard let list = recent(listing, since: time) else { return nil }
        guard let name = key["name"] else { return Array(list.things.values) }
        if list.ids == nil {
            lists[listing]?.ids = Dictionary(grouping: list.things.keys) { list.things[$0]?["name"] ?? .null }
        }
        return lists[listing]?.ids?[name]?.compactMap { list.things[$0] } ?? []
    }

    /// Returns the children of a parent in the key that the run created itself, without children.
    ///
    /// Since then the run knows all of them: nobody else has a reason to add to a system user or an app that was created
    /// moments ago.
    private func childrenOfOwnParent(
        _ listing: ServerPilot.Operation.Name, _ key: JSONObject
    ) -> [JSONValue]? {
        for (field, value) in key where field != "serverid" {
            guard let parent = value.stringValue, let known = children[parent] else { continue }
            return (known[listing] ?? []).compactMap { created[listing]?[$0] }
        }
        return nil
    }

    /// Returns the name of a resource of a list.
    func name(ofID id: String) -> String? {
        for list in lists.values {
            // A list is indexed only when it is searched by key.
            let place = list.unread?.firstIndex(with: "id", id)
            let name = place.flatMap { list.unread?.member("name", at: $0) } ?? list.things[id]?["name"]
            if let name = name?.stringValue { return name }
        }
        return nil
    }

    // MARK: Changes of the run

    /// Adds a resource that the run created.
    mutating func created(_ thing: JSONValue, by operation: ServerPilot.Operation, _ arguments: JSONObject) {
        guard let listing = operation.naturalKey?.listing, let id = thing["id"]?.stringValue else { return }
        created[listing, default: [:]][id] = thing
        for parameter in operation.bodyParameters {
            guard case .identifier = parameter.type, let parent = arguments[parameter.name]?.stringValue,
                children[parent] != nil
            else { continue }
            children[parent]?[listing, default: []].append(id)
        }
        // ServerPilot itself adds a system user to a new server, and a database to a new app with WordPress.
        let isEmpty = operation.kind == .sysuser || (operation.kind == .app && arguments["wordpress"] == nil)
        if isEmpty { children[id] = [:] }
        guard lists[listing] != nil else { return }
        index(listing)
        lists[listing]?.things[id] = thing
        lists[listing]?.ids?[thing["name"] ?? .null, default: []].append(id)
    }

    /// Removes resources that the run deleted.
    mutating func removed(_ ids: Set<String>) {
        for id in ids { children[id] = nil }
        for listing in created.keys { for id in ids { created[listing]?[id] = nil } }
        for listing in lists.keys {
            index(listing)
            lists[listing]?.things.removeAll { ids.contains($0.key) }
            lists[listing]?.ids = nil
        }
    }
}
