internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// The secrets that a run was given as parameters, held against what the account calls its things.
///
/// A secret that is an ordinary word tears holes into all that is shown: the app of that name, its domain, its id.
final class GivenSecrets: Sendable {
    /// By the name of the parameter; those that somebody was warned of are gone.
    private let unwarned = Mutex<OrderedDictionary<String, Redactor>>([:])

    /// Adds one.
    func add(_ secret: String, named name: String) {
        unwarned.withLock { $0[name] = Redactor(secrets: [secret]) }
    }

    /// The parameters whose secret stands in what people call these things, each told once.
    func found(in things: [JSONValue]) -> [String] {
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
