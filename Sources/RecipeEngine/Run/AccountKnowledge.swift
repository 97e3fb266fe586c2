internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// The facts that a run has learned about its account: lists, names, apps.
final class AccountKnowledge: Sendable {
    private struct State {
        /// Lists that were read, by operation.
        var lists: [String: (read: Timestamp, things: [JSONValue])] = [:]
        /// Apps that were read or changed individually, by id.
        var apps: [String: JSONObject] = [:]
        /// The apps of the last complete list, which is older than `apps`; a long list is searched only when needed.
        var listedApps: [JSONValue] = []
        /// Names of resources that were read or changed individually, by id; other names are looked up in the lists.
        var names: [String: String] = [:]
        /// Names of resources that only the plan has read, by id.
        var plannedNames: [String: String] = [:]
        /// The names in lists that were read, by operation and id; made when a name is first looked up.
        var listedNames: [String: [String: String]] = [:]
        /// Ids of the resources that this run created.
        var made: Set<String> = []
    }

    /// The actions that the run queued.
    let actions: ActionWatch
    private let time: any TimeSource
    private let listAge: Duration
    private let state = Mutex(State())

    /// Creates empty knowledge.
    ///
    /// - Parameters:
    ///   - actions: the actions that the run queued.
    ///   - time: the clock of the run.
    ///   - listAge: the maximum age of a list that is used again.
    init(_ actions: ActionWatch, time: any TimeSource, listAge: Duration) {
        self.actions = actions
        self.time = time
        self.listAge = listAge
    }

    // MARK: Lists and changes

    /// Remembers a list that was read; lists with a variable in their path are read too seldom to be worth it.
    func noteList(_ things: [JSONValue], of listing: ServerPilot.Operation.Name) {
        let now = time.steady
        state.withLock { state in
            state.lists[listing.rawValue] = (now, things)
            state.listedNames[listing.rawValue] = nil
        }
    }

    /// Returns a list that was read at most `listAge` ago, with the resources that this run has created
    /// since.
    func recentList(_ listing: ServerPilot.Operation.Name, _ arguments: JSONObject) -> [JSONValue]? {
        guard arguments.isEmpty else { return nil }
        let now = time.steady
        return state.withLock { state in
            guard let list = state.lists[listing.rawValue], now - list.read <= listAge else { return nil }
            return list.things
        }
    }

    /// Adds a created resource to the list of its kind, if the run has read that.
    func noteCreation(_ thing: JSONValue, by operation: ServerPilot.Operation) {
        guard operation.effect == .create, let listing = operation.naturalKey?.listing else { return }
        state.withLock { $0.lists[listing.rawValue]?.things.append(thing) }
    }

    /// Remembers the resource of a change, and the action that it queued.
    ///
    /// - Parameters:
    ///   - reply: the reply of the API.
    ///   - operation: the operation.
    ///   - arguments: the arguments by wire name.
    ///   - queued: the time, on the steady clock.
    ///   - isEarlier: whether an earlier execution of the run made the change.
    /// - Returns: the id and the name of the changed resource, as far as either is known.
    @discardableResult
    func noteChange(
        _ reply: Reply, of operation: ServerPilot.Operation, _ arguments: JSONObject, at queued: Timestamp,
        isEarlier: Bool = false
    ) -> (id: String?, name: String) {
        let id = reply.data["id"]?.stringValue ?? arguments["id"]?.stringValue
        let name = reply.data["name"]?.stringValue ?? spokenName(arguments) ?? id ?? operation.kind.spokenName
        if operation.effect == .create, let id { state.withLock { _ = $0.made.insert(id) } }
        guard let actionID = reply.actionID else { return (id, name) }
        let serverID =
            reply.data["serverid"]?.stringValue
            ?? (operation.kind == .server ? id : arguments["serverid"]?.stringValue)
        actions.queued(
            actionID,
            ActionOrigin(
                operation: operation.name, object: name, serverID: serverID, queued: queued, isEarlier: isEarlier))
        return (id, name)
    }

    /// Remembers apps that were read or changed.
    func noteApps(_ data: JSONValue, of kind: ResourceKind) {
        guard kind == .app else { return }
        state.withLock { state in
            if case .array(let apps) = data {
                (state.listedApps, state.apps) = (apps, [:])
            } else if let id = data["id"]?.stringValue, data["domains"] != nil, let app = data.objectValue {
                // The reply to a change may have fewer fields than a read.
                state.apps[id] = (state.apps[id] ?? [:]).merging(app) { $1 }
            }
        }
    }

    /// Returns an app as the run last knew it.
    func knownApp(_ id: String) -> JSONValue? {
        state.withLock { state in
            state.apps[id].map { .object($0) } ?? state.listedApps.first { $0["id"]?.stringValue == id }
        }
    }

    // MARK: Names

    /// Returns the name of a call's resource, if the run or its plan has read it, otherwise its id.
    func spokenName(_ arguments: JSONObject) -> String? {
        guard let id = arguments["id"]?.stringValue else { return Self.name(in: arguments) }
        return name(ofID: id) ?? state.withLock { $0.plannedNames[id] } ?? arguments["name"]?.stringValue ?? id
    }

    /// Returns the name of a resource; `nil` if the run has not read it.
    func name(ofID id: String) -> String? {
        state.withLock { state in
            if let name = state.names[id] { return name }
            for (listing, list) in state.lists {
                if state.listedNames[listing] == nil { state.listedNames[listing] = Self.names(of: list.things) }
                if let name = state.listedNames[listing]?[id] { return name }
            }
            return nil
        }
    }

    private static func names(of things: [JSONValue]) -> [String: String] {
        var names: [String: String] = [:]
        for thing in things {
            if let id = thing["id"]?.stringValue { names[id] = thing["name"]?.stringValue }
        }
        return names
    }

    /// Remembers the name of a resource.
    func noteName(_ thing: JSONValue) {
        guard let id = thing["id"]?.stringValue, let name = thing["name"]?.stringValue else { return }
        state.withLock { $0.names[id] = name }
    }

    /// Remembers the name of a resource that the plan has read; the run may not have seen the resource itself.
    func notePlanned(name: String, ofID id: String) { state.withLock { $0.plannedNames[id] = name } }

    /// Returns whether this run created the resource.
    func hasMade(_ id: String) -> Bool { state.withLock { $0.made.contains(id) } }

    /// Removes a deleted resource, and all resources deleted with it, from the lists that were read.
    func forget(_ kind: ResourceKind, _ arguments: JSONObject) {
        guard let id = arguments["id"]?.stringValue else { return }
        state.withLock { state in
            let lists = ServerPilot.Operation.fallingLists(with: kind).map { listing in
                (listing, state.lists[listing.name.rawValue]?.things ?? [])
            }
            let resource = Cascade.Resource(kind: kind, id: id, name: id)
            let gone = Cascade(resource, in: lists).fallenIDs.union([id])
            for id in gone { state.names[id] = nil }
            for name in state.lists.keys {
                state.lists[name]?.things.removeAll { $0["id"]?.stringValue.map(gone.contains) ?? false }
                for id in gone { state.listedNames[name]?[id] = nil }
            }
        }
    }

    /// Returns the name or the id among the arguments of a call.
    static func name(in arguments: JSONObject) -> String? { (arguments["name"] ?? arguments["id"])?.stringValue }

    // MARK: Actions

    /// Remembers the actions that a wait of an earlier execution saw ending: the server has moved on to the next
    /// action.
    func noteReplayed(_ wait: Entry.Observation, at recorded: Timestamp) {
        let waited = wait.value?.arrayValue?.map { $0["id"]?.stringValue } ?? []
        let failed = wait.failure.flatMap { $0.code == RecipeError.actionFailed ? $0.details?.object : nil }
        for id in (waited + [failed]).compactMap(\.self) {
            actions.ended(ActionID(id), at: steady(recorded))
        }
    }

    /// Returns a recorded time on the steady clock: at most now, however the time of day was set.
    func steady(_ recorded: Timestamp) -> Timestamp { min(recorded, time.steady) }
}
