internal import LuaHost
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// The secrets that a run has generated, and which of them are in use.
///
/// A secret is in use once something that holds it was sent and not refused, in this life of the run or an earlier one.
/// One that nobody was sent opens nothing: a recipe that generates a password for what exists already has none to give.
final class GeneratedSecrets: Sendable {
    private struct State {
        var byName: OrderedDictionary<String, Secret<String>> = [:]
        var names: [String: String] = [:]
        var redactor = Redactor()
        /// The steps that sent a secret, by its name.
        var senders: [String: Set<StepID>] = [:]
    }

    private let state = Mutex(State())

    /// The secret of that name; `nil` where it was not generated yet.
    subscript(name: String) -> Secret<String>? { state.withLock { $0.byName[name] } }

    /// Adds one.
    func add(_ secret: Secret<String>, named name: String) {
        state.withLock { state in
            state.byName[name] = secret
            state.names[secret.reveal()] = name
            state.redactor.learn(secret.reveal())
        }
    }

    /// Notes that a step sends something, or has sent it in an earlier life.
    ///
    /// - Returns: the names of the secrets in it; `nil` where the run has generated none yet.
    @discardableResult
    func sends(_ values: JSONObject, at step: StepID) -> [String]? {
        let (redactor, known) = state.withLock { ($0.redactor, $0.names) }
        guard !known.isEmpty else { return nil }
        let names = redactor.secrets(in: .object(values)).compactMap { known[$0] }.sorted()
        state.withLock { state in
            for name in names { state.senders[name, default: []].insert(step) }
        }
        return names
    }

    /// Notes that what a step sent was certainly not taken.
    func refused(at step: StepID) {
        state.withLock { state in
            for name in state.senders.keys { state.senders[name]?.remove(step) }
        }
    }

    /// The names of those that are in use.
    var inUse: Set<String> { state.withLock { Set($0.senders.filter { !$0.value.isEmpty }.keys) } }

    /// A result without the texts that hold a secret that is not in use: `null` stands in their place.
    ///
    /// - Returns: the result, and where in it something was left out: `sites[2].password`.
    func withoutUnused(_ result: JSONValue) -> (result: JSONValue, places: [String]) {
        let inUse = inUse
        let unused = state.withLock { state in
            Redactor(secrets: state.byName.filter { !inUse.contains($0.key) }.map { $0.value.reveal() })
        }
        let places = unused.places(in: result)
        return (result.nullifying(Set(places)), places)
    }
}

extension JSONValue {
    /// The value with `null` at these places, which are written as `Redactor.places(in:)` has them.
    fileprivate func nullifying(_ places: Set<String>, at path: String = "") -> JSONValue {
        guard !places.contains(path) || path.isEmpty else { return .null }
        switch self {
        case .array(let elements):
            return .array(elements.enumerated().map { $1.nullifying(places, at: "\(path)[\($0 + 1)]") })
        case .object(let members):
            return .object(
                JSONObject(
                    members.map { ($0, $1.nullifying(places, at: path.isEmpty ? $0 : "\(path).\($0)")) },
                    uniquingKeysWith: { $1 }))
        default: return self
        }
    }
}
