internal import ServerPilot
internal import Synchronization

/// What one module may do: what it says that it needs, as far as all who import it grant that.
final class RecipeRealm: Sendable {
    private struct State {
        /// What it was granted; `nil` for everything.
        var needs: RecipeNeeds?
        var limits: [ServerPilot.Operation.Effect: Int] = [:]
        /// Changes so far, by the call of the module in which they are made.
        var done: [String: [ServerPilot.Operation.Effect: Int]] = [:]
        /// The most that one call of the module which has ended made.
        var most: [ServerPilot.Operation.Effect: Int] = [:]
        var isLoading = false
        /// What the user gave it as parameters.
        var given: Set<ByteExact> = []
    }

    /// What errors call the module.
    let name: String
    /// What tells the module from others; `nil` for the recipe itself.
    let identity: String?
    /// Who imports it.
    let importer: RecipeRealm?
    private let state = Mutex(State())

    /// A realm, which may do what its importer may until a header says less.
    init(name: String, identity: String? = nil, importer: RecipeRealm? = nil) {
        self.name = name
        self.identity = identity
        self.importer = importer
    }

    /// The module and all who import it, from the inside.
    var chain: [RecipeRealm] { [self] + (importer?.chain ?? []) }

    /// From now on only what the header says.
    func restrict(to header: RecipeHeader) {
        state.withLock { state in
            state.needs = header.needs
            state.limits[.create] = header.creations
            state.limits[.delete] = header.deletions
        }
    }

    /// What it was granted by its own header; `nil` for everything.
    var needs: RecipeNeeds? { state.withLock { $0.needs } }

    /// What the user himself gave the recipe, as texts.
    func give(_ words: some Sequence<String>) { state.withLock { $0.given.formUnion(words.map { ByteExact($0) }) } }

    /// Whether a text is one that the user gave the recipe.
    func isGiven(_ text: String) -> Bool { state.withLock { $0.given.contains(ByteExact(text)) } }

    /// Whether the module is only being read, so that it may do nothing.
    var isLoading: Bool {
        get { state.withLock { $0.isLoading } }
        set { state.withLock { $0.isLoading = newValue } }
    }

    /// Refuses every call while the module is only being read, or one that imports it, which can call what a library
    /// exports.
    ///
    /// - Throws: `RecipeError`.
    func expectRunning(_ function: String) throws(RecipeError) {
        guard chain.contains(where: { $0.isLoading }) else { return }
        throw RecipeError(
            code: RecipeError.headerCalls, message: "\(function): a recipe with a header does nothing before it runs",
            operation: function, hint: "move the call into run = function(p) … end",
            token: function.split(separator: ".").last.map(String.init))
    }

    /// Refuses what the module or one that imports it was not granted.
    ///
    /// - Throws: `RecipeError`, which names the line to add.
    func check(_ need: RecipeNeed, for function: String) throws(RecipeError) {
        try check(anyOf: [need], for: function)
    }

    /// Refuses what the module or one that imports it was granted in none of these forms; the first is named.
    ///
    /// - Throws: `RecipeError`, which names the line to add.
    func check(anyOf needs: [RecipeNeed], for function: String) throws(RecipeError) {
        for realm in chain {
            let granted = realm.needs
            guard let need = needs.first, let granted, !needs.contains(where: granted.all.contains) else { continue }
            let who =
                realm === self
                ? "'\(name)' does not say that it needs this"
                : "'\(realm.name)', which imports '\(name)', does not grant this"
            throw RecipeError(
                code: RecipeError.notGranted, message: "\(function): \(who)", operation: function,
                hint: "add to the needs of '\(realm.name)': \(need.words)",
                token: function.split(separator: ".").last.map(String.init))
        }
    }

    /// The hosts that the module itself says that it talks to.
    var webGrants: WebGrants {
        guard let granted = needs else { return WebGrants(hosts: nil) }
        return WebGrants(hosts: Set(granted.all.compactMap { if case .http(let host) = $0 { host } else { nil } }))
    }

    /// For the module and each that imports it the folders below which it may read files; of one without a header, the
    /// project's.
    var readGrants: [[String]] { chain.map(\.ownReadGrants) }

    /// The folders below which the module alone says that it reads files.
    var ownReadGrants: [String] {
        guard let needs else { return ["."] }
        return needs.all.compactMap { if case .read(let folder) = $0 { folder } else { nil } }
    }

    /// From now on what happens in the coroutines of a call counts by itself: a recipe's limits are for each of its runs.
    ///
    /// - Parameter coroutines: what the paths of these coroutines begin with.
    func begin(_ coroutines: String) { state.withLock { $0.done[coroutines] = [:] } }

    /// Such a call has ended.
    func end(_ coroutines: String) {
        state.withLock { state in
            for (effect, count) in state.done.removeValue(forKey: coroutines) ?? [:] {
                state.most[effect] = max(state.most[effect] ?? 0, count)
            }
        }
    }

    /// What a secret of the module is called in the run: a module that is imported cannot ask for another's.
    func secretName(_ name: String) -> String { importer == nil ? name : "\(self.name): \(name)" }

    /// Counts a change, also one that is replayed.
    ///
    /// A function that a call gave away, and that is called when the call is over or elsewhere, goes on with that call:
    /// what it makes comes on top of the most that any call of the module made, since which one it was nobody knows.
    ///
    /// - Parameters:
    ///   - effect: what it does.
    ///   - coroutine: the path of the coroutine that makes it.
    /// - Returns: the realm whose limit it would pass, and that limit.
    func count(_ effect: ServerPilot.Operation.Effect, in coroutine: String) -> (realm: String, limit: Int)? {
        for realm in chain {
            let passed: Int? = realm.state.withLock { state in
                // The innermost, where one call of the module is made within another.
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
