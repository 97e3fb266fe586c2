public import OrderedCollections
public import ServerPilot

/// One thing that a recipe can be allowed to do.
public enum RecipeNeed: Hashable, Sendable {
    /// To change things of a kind: `create` and `apps`.
    case change(ServerPilot.Operation.Effect, String)
    /// To talk to a host by HTTPS.
    case http(String)
    /// To reach servers by SSH.
    case ssh
    /// To ask for the addresses of names.
    case dns
    /// To read files below a folder.
    case read(String)

    /// As it is written in a header: `create = { "apps" }`.
    public var words: String {
        switch self {
        case .change(let effect, let resource): "\(effect.word) = { \"\(resource)\" }"
        case .http(let host): "http = { \"\(host)\" }"
        case .ssh: "ssh = true"
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

    /// One line a word, such as `create sysusers, apps`; empty where nothing is needed.
    public var lines: [String] {
        var groups = OrderedDictionary<String, [String]>()
        for need in all {
            switch need {
            case .change(let effect, let resource): groups[effect.word, default: []].append(resource)
            case .http(let host): groups["http", default: []].append(host)
            case .ssh: groups["ssh"] = []
            case .dns: groups["dns"] = []
            case .read(let folder): groups["read", default: []].append(folder)
            }
        }
        return groups.map { $0.value.isEmpty ? $0.key : "\($0.key) \($0.value.joined(separator: ", "))" }
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
