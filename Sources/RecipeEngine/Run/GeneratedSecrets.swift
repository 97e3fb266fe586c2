internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
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
    func withoutUnused(_ result: JSONValue, redactedBy redactor: Redactor) -> ResultWithoutUnused {
        let inUse = inUse
        let unused = state.withLock { state in
            state.byName.filter { !inUse.contains($0.key) }.map { $0.value.reveal() }
        }
        return ResultWithoutUnused(result, unused: Redactor(secrets: unused), redactor: redactor)
    }
}

/// A result in which `null` replaces each text that contains an unused secret.
struct ResultWithoutUnused {
    /// The result.
    private(set) var value: JSONValue
    /// The replaced places.
    private(set) var places = SecretPlaces()
    /// The names of the members that were replaced.
    private(set) var members: Set<String> = []

    private let unused: Redactor
    private let redactor: Redactor

    fileprivate init(_ result: JSONValue, unused: Redactor, redactor: Redactor) {
        self.unused = unused
        self.redactor = redactor
        value = result
        value = replaced(result, at: SecretPlaces.Path())
    }

    private mutating func replaced(
        _ value: JSONValue, at path: SecretPlaces.Path, named name: String? = nil
    ) -> JSONValue {
        switch value {
        case .string:
            // Searches for the unused secrets only: a redactor also replaces private keys, which the result may hold.
            guard !unused.secrets(in: value).isEmpty else { return value }
            places.add(path, redactedBy: redactor)
            if let name { members.insert(name) }
            return .null
        case .array(let list):
            var elements = list.values
            for index in elements.indices { elements[index] = replaced(elements[index], at: path.element(index)) }
            return .array(elements)
        case .object(var members):
            for (name, member) in members {
                members[name] = replaced(member, at: path.member(redactor.redact(name)), named: name)
            }
            return .object(members)
        default: return value
        }
    }
}
