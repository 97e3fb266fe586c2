internal import Groundwork
public import OrderedCollections
public import ServerPilot

/// A permission that a recipe can need.
public enum RecipeNeed: Hashable, Sendable {
    /// Changes of a kind of resource, such as `create` and `apps`.
    case change(ServerPilot.Operation.Effect, String)
    /// HTTPS requests to a host.
    case http(String)
    /// SSH connections to a host, by the recipe's name for it; `nil` for every host that the user can reach.
    case ssh(String?)
    /// Lookups of the addresses of names.
    case dns
    /// The texts of secrets, by `secret:reveal()`; without it a recipe can only pass secrets on.
    case secrets
    /// Reads of files below a folder.
    case read(String)

    /// Returns whether both allow the same, with names compared byte for byte.
    public static func == (left: RecipeNeed, right: RecipeNeed) -> Bool {
        ByteExact(left.words) == ByteExact(right.words)
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) { hasher.combine(ByteExact(words)) }

    /// The word in a header, and the name that follows it.
    var entry: (word: String, name: String?) {
        switch self {
        case .change(let effect, let resource): (effect.word, resource)
        case .http(let host): ("http", host)
        case .ssh(let host): ("ssh", host)
        case .dns: ("dns", nil)
        case .secrets: ("secrets", "reveal")
        case .read(let folder): ("read", folder)
        }
    }

    /// The need as written in a header: `create = { "apps" }`.
    public var words: String {
        switch self {
        case .change(let effect, let resource): "\(effect.word) = { \"\(resource)\" }"
        case .http(let host): "http = { \"\(host)\" }"
        case .ssh(let host): host.map { "ssh = { \"\($0)\" }" } ?? "ssh = true"
        case .dns: "dns = true"
        case .secrets: "secrets = \"reveal\""
        case .read(let folder): "read = { \"\(folder)\" }"
        }
    }
}

/// The needs that a recipe declares; everything else is refused.
public struct RecipeNeeds: Hashable, Sendable {
    /// The needs, in the order of the header's words.
    public private(set) var all: OrderedSet<RecipeNeed>

    /// Creates needs.
    public init(_ needs: some Sequence<RecipeNeed> = []) { all = OrderedSet(needs) }

    /// Returns the needs that are not among the others.
    public func subtracting(_ others: RecipeNeeds) -> RecipeNeeds {
        RecipeNeeds(all.filter { !others.all.contains($0) })
    }

    /// The words of a header, from the least to the most harmful: people see best what is shown last.
    private static let order = ["read", "dns", "http", "secrets", "update", "create", "delete", "ssh"]

    /// The needs as words of a header, each with the name that follows it, if any: `create`, `apps`.
    ///
    /// The least harmful needs come first.
    public var entries: [(word: String, name: String?)] {
        let entries = all.map(\.entry)
        return Self.order.flatMap { word in entries.filter { $0.word == word } }
    }
}

extension ServerPilot.Operation.Effect {
    /// The word in a header.
    var word: String {
        switch self {
        case .read: "read"
        case .create: "create"
        case .update: "update"
        case .delete: "delete"
        }
    }
}

extension ServerPilot.Operation {
    /// The permission that a recipe needs to call the operation; `nil` for reads, which are free.
    ///
    /// All operations on `ssl` update an app; `keys` are those of system users.
    public var need: RecipeNeed? {
        guard changesAccount else { return nil }
        if path.description.hasSuffix("/ssl") { return .change(.update, "ssl") }
        if path.description.contains("/sysusers/:id/sshkeys") {
            return .change(effect == .delete ? .delete : .create, "keys")
        }
        return .change(effect, "\(kind.rawValue)s")
    }

    /// The words for kinds of resources in the needs of a header, by effect.
    static let resources: OrderedDictionary<Effect, [String]> = {
        var words: OrderedDictionary<Effect, [String]> = [.create: [], .update: [], .delete: []]
        for case .change(let effect, let resource)? in all.map(\.need)
        where words[effect]?.contains(resource) == false { words[effect]?.append(resource) }
        return words
    }()
}
