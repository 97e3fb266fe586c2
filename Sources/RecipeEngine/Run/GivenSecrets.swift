internal import Groundwork
internal import OrderedCollections
internal import Synchronization

/// The secrets among a run's parameters, to compare with names in the account.
///
/// If a secret is an ordinary word, redaction also hides that word elsewhere: in the name of an app, its domain, its
/// id.
final class GivenSecrets: Sendable {
    /// The secrets without a warning so far, by the name of the parameter.
    private let unwarned = Mutex<OrderedDictionary<String, Redactor>>([:])

    func add(_ secret: String, named name: String) {
        unwarned.withLock { $0[name] = Redactor(secrets: [secret]) }
    }

    /// Returns the parameters whose secret appears in names, ids or domains of these resources, each only once.
    func found(in things: JSONArray) -> [String] {
        let given = unwarned.withLock { $0 }
        guard !given.isEmpty else { return [] }
        let names = JSONValue.array(things.flatMap(Self.names))
        let found = given.filter { !$0.value.secrets(in: names).isEmpty }.map(\.key)
        unwarned.withLock { unwarned in
            for name in found { unwarned[name] = nil }
        }
        return found
    }

    private static func names(_ thing: JSONValue) -> [JSONValue] {
        [thing["id"], thing["name"], thing["user"]?["name"], thing["domains"]].compactMap(\.self)
    }
}
