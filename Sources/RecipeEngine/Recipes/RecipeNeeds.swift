public import OrderedCollections
public import ServerPilot

/// One thing that a recipe can be allowed to do.
public enum RecipeNeed: Hashable, Sendable {
    /// To change things of a kind: `create` and `apps`.
    case change(ServerPilot.Operation.Effect, String)
    /// To talk to a host by HTTPS.
    case http(String)
    /// To reach a host by SSH, by the name that the recipe calls it; `nil` for every host that the user reaches.
    case ssh(String?)
    /// To ask for the addresses of names.
    case dns
    /// To read files below a folder.
    case read(String)

    /// Whether both allow the same, their names compared byte for byte.
    public static func == (left: RecipeNeed, right: RecipeNeed) -> Bool {
        ByteExact(left.words) == ByteExact(right.words)
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) { hasher.combine(ByteExact(words)) }

    /// The word of a header, and what it names.
    var entry: (word: String, name: String?) {
        switch self {
        case .change(let effect, let resource): (effect.word, resource)
        case .http(let host): ("http", host)
        case .ssh(let host): ("ssh", host)
        case .dns: ("dns", nil)
        case .read(let folder): ("read", folder)
        }
    }

    /// As it is written in a header: `create = { "apps" }`.
    public var words: String {
        switch self {
        case .change(let effect, let resource): "\(effect.word) = { \"\(resource)\" }"
        case .http(let host): "http = { \"\(host)\" }"
        case .ssh(let host): host.map { "ssh = { \"\($0)\" }" } ?? "ssh = true"
        case .dns: "dns = true"
        case .read(let folder): "read = { \"\(folder)\" }"
        }
    }
}

/// What a recipe says that it needs; it is refused everything else.
public struct RecipeNeeds: Hashable, Sendable {
    /// Each need, in the order of the header's words.
    public private(set) var all: OrderedSet<RecipeNeed>

    /// Needs.
    public init(_ needs: some Sequence<RecipeNeed> = []) { all = OrderedSet(needs) }

    /// The needs that are not among others.
    public func subtracting(_ others: RecipeNeeds) -> RecipeNeeds {
        RecipeNeeds(all.filter { !others.all.contains($0) })
    }

    /// The words of a header, what can do least harm first: what is shown last is seen best.
    private static let order = ["read", "dns", "http", "update", "create", "delete", "ssh"]

    /// Each need as its word in a header and what it names, if it names anything: `create`, `apps`.
    ///
    /// Those that can do least harm come first.
    public var entries: [(word: String, name: String?)] {
        let entries = all.map(\.entry)
        return Self.order.flatMap { word in entries.filter { $0.word == word } }
    }
}

extension ServerPilot.Operation.Effect {
    /// The word of a header.
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
    /// What a recipe must be allowed to call it; `nil` for reads, which are free.
    ///
    /// All of `ssl` is an update of what an app has; `keys` are those of system users.
    public var need: RecipeNeed? {
        guard changesAccount else { return nil }
        if path.description.hasSuffix("/ssl") { return .change(.update, "ssl") }
        if path.description.contains("/sysusers/:id/sshkeys") {
            return .change(effect == .delete ? .delete : .create, "keys")
        }
        return .change(effect, "\(kind.rawValue)s")
    }

    /// The words for kinds of things in the needs of a header, by effect.
    static let resources: OrderedDictionary<Effect, [String]> = {
        var words: OrderedDictionary<Effect, [String]> = [.create: [], .update: [], .delete: []]
        for case .change(let effect, let resource)? in all.map(\.need)
        where words[effect]?.contains(resource) == false { words[effect]?.append(resource) }
        return words
    }()
}
