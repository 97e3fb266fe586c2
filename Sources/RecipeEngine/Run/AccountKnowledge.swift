internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// The facts that a run has learned about its account: lists, names, apps.
final class AccountKnowledge: Sendable {
    private struct State {
        var lists = KnownLists()
        /// Apps that were read or changed individually, by id.
        var apps: [String: JSONObject] = [:]
        /// The apps of the last complete list, which is older than `apps`; a long list is searched only when needed.
        var listedApps: JSONArray = []
        /// Names of resources that were read or changed individually, by id; other names are looked up in the lists.
        var names: [String: String] = [:]
        /// Names of resources that only the plan has read, by id.
        var plannedNames: [String: String] = [:]
        /// Ids of the resources that this run created.
        var made: Set<String> = []
    }

    /// The actions that the run queued.
    let actions: ActionWatch
    /// The reads in flight.
    let reads: SharedReads
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
        reads = SharedReads(time: time)
        self.listAge = listAge
    }

    // MARK: Lists and changes

    /// Remembers a list that was read; lists with a variable in their path are read too seldom to be worth it.
    func noteList(_ things: JSONArray, of listing: ServerPilot.Operation.Name) {
        let now = time.steady
        state.withLock { $0.lists.read(things, of: listing, at: now) }
    }

    /// Returns a list that was read at most `listAge` ago, with the run's own changes since.
    func recentList(_ listing: ServerPilot.Operation.Name) -> [JSONValue]? {
        let since = time.steady + (.zero - listAge)
        return state.withLock { $0.lists.list(listing, since: since) }
    }

    /// Returns the resources that may have a key, as far as the run knows them without a read.
    func candidates(_ listing: ServerPilot.Operation.Name, _ key: JSONObject) -> [JSONValue]? {
        let since = time.steady + (.zero - listAge)
        return state.withLock { $0.lists.candidates(listing, key, since: since) }
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
        if operation.effect == .create, let id {
            state.withLock { state in
                state.made.insert(id)
                state.lists.created(reply.data, by: operation, arguments)
            }
        }
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
            state.apps[id].map { .object($0) }
                ?? state.listedApps.firstIndex(with: "id", id).map { state.listedApps[$0] }
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
        state.withLock { $0.names[id] ?? $0.lists.name(ofID: id) }
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
                (listing, state.lists.list(listing.name, since: Timestamp(epochSeconds: 0)) ?? [])
            }
            let resource = Cascade.Resource(kind: kind, id: id, name: id)
            let gone = Cascade(resource, in: lists).fallenIDs.union([id])
            for id in gone { state.names[id] = nil }
            state.lists.removed(gone)
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
