internal import DurableSteps
internal import Groundwork
internal import RecipeLanguage
internal import ServerPilot
internal import Synchronization

/// The permissions of a module: its own needs, as far as all its importers grant them.
final class RecipeRealm: Sendable {
    private struct State {
        /// The granted needs; `nil` for everything.
        var needs: RecipeNeeds?
        var limits: [ServerPilot.Operation.Effect: Int] = [:]
        /// The number of changes so far, by the module's call that makes them.
        var done: [String: [ServerPilot.Operation.Effect: Int]] = [:]
        /// The maximum number of changes that a finished call of the module made.
        var most: [ServerPilot.Operation.Effect: Int] = [:]
        var isLoading = false
        /// The user's parameters, as strings.
        var given: Set<ByteExact> = []
    }

    /// The name of the module in errors.
    let name: String
    /// The identity of the module; `nil` for the recipe itself.
    let identity: String?
    /// The realm of the importing module.
    let importer: RecipeRealm?
    private let state = Mutex(State())

    /// Creates a realm, with the permissions of its importer until a header restricts it.
    init(name: String, identity: String? = nil, importer: RecipeRealm? = nil) {
        self.name = name
        self.identity = identity
        self.importer = importer
    }

    /// The module and all its importers, innermost first.
    var chain: [RecipeRealm] { [self] + (importer?.chain ?? []) }

    /// Restricts the module to its header from now on.
    func restrict(to header: RecipeHeader) {
        state.withLock { state in
            state.needs = header.needs
            state.limits[.create] = header.creations
            state.limits[.delete] = header.deletions
        }
    }

    /// The needs in the module's own header; `nil` for everything.
    var needs: RecipeNeeds? { state.withLock { $0.needs } }

    /// Adds strings that the user passed to the recipe.
    func give(_ words: some Sequence<String>) { state.withLock { $0.given.formUnion(words.map { ByteExact($0) }) } }

    /// Returns whether the user passed that string to the recipe.
    func isGiven(_ text: String) -> Bool { state.withLock { $0.given.contains(ByteExact(text)) } }

    /// Whether the module is only being read, so that it must not do anything.
    var isLoading: Bool {
        get { state.withLock { $0.isLoading } }
        set { state.withLock { $0.isLoading = newValue } }
    }

    /// Refuses every call while the module, or one of its importers, is only being read.
    ///
    /// An importer that is being read could otherwise act through the functions that a library exports.
    ///
    /// - Throws: `RecipeError`.
    func expectRunning(_ function: String) throws(RecipeError) {
        guard chain.contains(where: { $0.isLoading }) else { return }
        throw RecipeError(
            RecipeError.headerCalls, in: function, "a recipe with a header cannot make calls before run() starts",
            operation: function, hint: "move the call into run = function(p) … end")
    }

    /// Refuses a need that was not granted to the module or to one of its importers.
    ///
    /// - Throws: `RecipeError` that names the line to add.
    func check(_ need: RecipeNeed, for function: String) throws(RecipeError) {
        try check(anyOf: [need], for: function)
    }

    /// Refuses needs if the module or one of its importers was granted none of these forms; the error names the first.
    ///
    /// - Throws: `RecipeError` that names the line to add.
    func check(anyOf needs: [RecipeNeed], for function: String) throws(RecipeError) {
        for realm in chain {
            let granted = realm.needs
            guard let need = needs.first, let granted, !needs.contains(where: granted.all.contains) else { continue }
            throw refusal("this call", of: realm, function, add: need)
        }
    }

    /// Returns the error that these needs, or those of an importer, do not include something.
    func refusal(_ what: String, of realm: RecipeRealm, _ function: String, add need: RecipeNeed) -> RecipeError {
        let who =
            realm === self
            ? "the needs of '\(name)' do not include \(what)"
            : "'\(realm.name)' imports '\(name)', but its own needs do not include \(what)"
        return RecipeError(
            RecipeError.notGranted, in: function, who, operation: function,
            hint: "add to the needs of '\(realm.name)': \(need.words)")
    }

    /// The hosts in the module's own `needs.http`.
    var webGrants: WebGrants {
        guard let granted = needs else { return WebGrants(hosts: nil) }
        return WebGrants(hosts: Set(granted.all.compactMap { if case .http(let host) = $0 { host } else { nil } }))
    }

    /// The readable folders of the module and of each importer; without a header, the folder of the project.
    var readGrants: [[String]] { chain.map(\.ownReadGrants) }

    /// The readable folders of the module alone.
    var ownReadGrants: [String] {
        guard let needs else { return ["."] }
        return needs.all.compactMap { if case .read(let folder) = $0 { folder } else { nil } }
    }

    /// Starts a separate count for the coroutines of a call, since a recipe's limits apply to each of its runs.
    ///
    /// - Parameter coroutines: the prefix of the paths of these coroutines.
    func begin(_ coroutines: String) { state.withLock { $0.done[coroutines] = [:] } }

    /// Ends the separate count of a call.
    func end(_ coroutines: String) {
        state.withLock { state in
            for (effect, count) in state.done.removeValue(forKey: coroutines) ?? [:] {
                state.most[effect] = max(state.most[effect] ?? 0, count)
            }
        }
    }

    /// Returns the run's name of a module's secret: an imported module cannot read another module's secrets.
    func secretName(_ name: String) -> String {
        importer == nil ? name : "\(self.name)\(Self.secretSeparator)\(name)"
    }

    /// The text between a module and its secret; no name of a secret contains it, so no module can name another's secret.
    static let secretSeparator = ": "

    /// Counts a change, including a replayed change.
    ///
    /// A call can pass a function to other code, which may run it elsewhere or after the call has ended. The function's
    /// changes belong to a call of the module, but it is unknown to which call. So they count on top of the maximum of
    /// any call.
    ///
    /// - Parameters:
    ///   - effect: the effect of the change.
    ///   - place: the place in the run where it is made.
    /// - Returns: the realm whose limit the change would exceed, with that limit.
    func count(_ effect: ServerPilot.Operation.Effect, in place: Place) -> (realm: String, limit: Int)? {
        let coroutine = place.description
        for realm in chain {
            let passed: Int? = realm.state.withLock { state in
                // The innermost call, if calls of the module are nested.
                let call = state.done.keys.filter { coroutine.hasPrefix($0) }.max { $0.count < $1.count } ?? ""
                state.done[call, default: [:]][effect, default: 0] += 1
                var done = state.done[call]?[effect] ?? 0
                if call.isEmpty {
                    let open = state.done.filter { !$0.key.isEmpty }.compactMap { $0.value[effect] }.max() ?? 0
                    done += max(open, state.most[effect] ?? 0)
                }
                guard let limit = state.limits[effect], done > limit else { return nil }
                return limit
            }
            if let passed { return (realm.name, passed) }
        }
        return nil
    }
}
