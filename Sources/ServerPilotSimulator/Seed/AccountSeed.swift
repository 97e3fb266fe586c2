internal import OrderedCollections
public import ServerPilot

/// An account as people write it down to begin with: servers, in them system users, in them apps, in them databases.
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
/// The members are those of the operations that create these things, with what stands around a thing left out and what
/// is in it added; so names and values keep to the rules of the operations table. Only names are needed, and the public
/// keys of SSH keys:
/// - every thing may say its `id`; ids are made up otherwise;
/// - a server is connected unless it says `"connected": false`; `lastaddress` is made up otherwise;
/// - a server reports every minute, unless its `lastconn` says that it last did some time ago;
/// - a server offers its `available_runtimes`, or those of a server of today;
/// - a system user `serverpilot` is the one that every server has;
/// - an app has the newest runtime of its server unless it says otherwise;
/// - the `ssl` of an app is `{"auto": true}`, or has `key` and `cert`, and perhaps `cacerts`; `force` goes with both;
/// - `null` counts as not said, so that things can be pasted from replies;
/// - the user of a database is called as the database unless it says otherwise;
/// - passwords may be given and are checked, but nothing ever asks for them, and they are not kept.
public struct AccountSeed: Sendable {
    private let members: JSONObject

    /// Reads a seed.
    ///
    /// - Throws: `AccountSeedError` with all that is wrong with names, types and values.
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

    /// Makes the account: everything is half a year old, and all work is done.
    ///
    /// - Parameters:
    ///   - now: the time at which the account stands.
    ///   - random: where ids come from; the same seed gives the same account.
    ///   - settings: what the account does where ServerPilot leaves it to circumstances.
    /// - Returns: the account, without contradictions.
    /// - Throws: `AccountSeedError` where the operations refuse something, such as a name that comes twice.
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
    /// The members that are not null, also in what is in them.
    fileprivate var withoutNulls: JSONObject { filter { $1 != .null }.mapValues(\.withoutNulls) }

    /// The objects of an array, each with its path for messages.
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
