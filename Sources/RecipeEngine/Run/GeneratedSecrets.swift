internal import LuaHost
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// The secrets that a run has generated, and which of them are in use.
///
/// A secret is in use once a request that contains it was sent and not refused, in this execution or an earlier one. A
/// secret that was never sent opens nothing: a recipe that generates a password for an existing resource has none to
/// return.
final class GeneratedSecrets: Sendable {
    private struct State {
        var byName: OrderedDictionary<String, Secret<String>> = [:]
        var names: [String: String] = [:]
        var redactor = Redactor()
        /// The steps that sent each secret, by its name.
        var senders: [String: Set<StepID>] = [:]
    }

    private let state = Mutex(State())

    /// The secret of that name; `nil` if it was not generated yet.
    subscript(name: String) -> Secret<String>? { state.withLock { $0.byName[name] } }

    func add(_ secret: Secret<String>, named name: String) {
        state.withLock { state in
            state.byName[name] = secret
            state.names[secret.reveal()] = name
            state.redactor.learn(secret.reveal())
        }
    }

    /// Records that a step sends these values, or sent them in an earlier execution.
    ///
    /// - Returns: the names of the secrets in them; `nil` if the run has generated none yet.
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

    /// Records that the request of a step was certainly refused.
    func refused(at step: StepID) {
        state.withLock { state in
            for name in state.senders.keys { state.senders[name]?.remove(step) }
        }
    }

    /// The names of the secrets in use.
    var inUse: Set<String> { state.withLock { Set($0.senders.filter { !$0.value.isEmpty }.keys) } }

    /// Replaces each text in a result that contains an unused secret with `null`.
    ///
    /// - Returns: the result, and the replaced places, such as `sites[2].password`.
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
    /// Returns the value with `null` at these places, in the format of `Redactor.places(in:)`.
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
