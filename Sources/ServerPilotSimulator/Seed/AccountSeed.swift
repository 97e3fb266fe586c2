public import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// A written description of an initial account: servers contain system users, which contain apps, which contain
/// databases.
///
/// ```json
/// {
///   "sshkeys": [{"name": "joe", "public_key": "ssh-ed25519 AAAA… joe@example"}],
///   "servers": [{
///     "name": "www1",
///     "sysusers": [{
///       "name": "acme", "sshkeys": ["joe"],
///       "apps": [{"name": "acmesite", "runtime": "php8.4", "domains": ["acme.example"], "dbs": [{"name": "acme-wp"}]}]
///     }]
///   }]
/// }
/// ```
/// The members are the parameters of the operations that create the resources, without references to parents and with
/// lists of children. Names and values therefore follow the rules of the operations table. Only names are required, and
/// the public keys of SSH keys:
/// - Every resource may have an `id`. Missing ids are generated.
/// - A server is connected unless it has `"connected": false`. A missing `lastaddress` is generated.
/// - A server reports every minute, unless its `lastconn` is more than five minutes old.
/// - A server offers its `available_runtimes`; by default, those of the account's settings.
/// - A system user `serverpilot` describes the user that every server has.
/// - The default runtime of an app is the newest of its server.
/// - The `ssl` of an app is `{"auto": true}`, or has `key` and `cert`, and optionally `cacerts`. Both accept `force`.
/// - `null` counts as left out, so that resources can be pasted from replies.
/// - The default name of a database user is the first 16 characters of the database's name.
/// - Passwords are checked but not stored, because no operation reads them.
///
/// ```swift
/// let seed = try AccountSeed(JSONValue(text: #"{"servers": [{"name": "www1", "sysusers": [{"name": "acme"}]}]}"#))
/// var random = SeededRandom(seed: 1)
/// let account = try seed.account(at: Timestamp(epochSeconds: 1_700_000_000), random: &random)
/// ```
public struct AccountSeed: Sendable {
    private let members: JSONObject

    /// Reads a seed.
    ///
    /// - Throws: `AccountSeedError` that lists every wrong name, type and value.
    public init(_ value: JSONValue) throws(AccountSeedError) {
        guard case .object(let members) = value else {
            throw AccountSeedError([.init(path: "", message: "an account is an object, not \(value.kindName)")])
        }
        let said = members.withoutNulls
        let standard = ArgumentStandard(isEnforced: { $0.toggle?.isOnByDefault ?? true }, isTolerant: true)
        let problems = Self.fields.problems(in: said, by: standard)
        guard problems.isEmpty else { throw AccountSeedError(problems.map { .init($0) }) }
        self.members = said
    }

    /// Creates the account; all resources are half a year (183 days) old, and it has no actions.
    ///
    /// - Parameters:
    ///   - now: the current time of the account.
    ///   - random: the source of ids. Equal seeds produce equal accounts.
    ///   - settings: how the account behaves where ServerPilot's behavior depends on circumstances.
    /// - Returns: The account, without contradictions.
    /// - Throws: `AccountSeedError` if an operation refuses a resource, for example because of a duplicate name.
    public func account(
        at now: Timestamp, random: inout SeededRandom, settings: AccountSettings = AccountSettings()
    ) throws(AccountSeedError) -> Account {
        let halfAYear = Duration.seconds(183 * 86400)
        var sowing = Sowing(
            account: Account(settings: settings), random: random,
            time: Timestamp(sinceEpoch: now.sinceEpoch - halfAYear), now: now)
        for (path, key) in members.elements(of: "sshkeys") { try sowing.addSSHKey(key, at: path) }
        for (path, server) in members.elements(of: "servers") { try sowing.addServer(server, at: path) }
        random = sowing.random
        return sowing.finished
    }
}

extension JSONObject {
    /// The object without its null members, at every depth.
    fileprivate var withoutNulls: JSONObject { filter { $1 != .null }.mapValues(\.withoutNulls) }

    /// Returns the objects of an array, each with its path for messages.
    func elements(of name: String, at path: String = "") -> [(path: String, members: JSONObject)] {
        let elements = self[name]?.arrayValue ?? []
        let prefix = path.isEmpty ? name : "\(path).\(name)"
        return elements.enumerated().map { ("\(prefix)[\($0 + 1)]", $1.objectValue ?? [:]) }
    }
}

extension JSONValue {
    fileprivate var withoutNulls: JSONValue {
        switch self {
        case .object(let members): .object(members.withoutNulls)
        case .array(let elements): .array(elements.map(\.withoutNulls))
        default: self
        }
    }
}
