internal import Groundwork
public import OrderedCollections
public import ServerPilot

/// The needs that a recipe declares; everything else is refused.
///
/// ```swift
/// let granted = RecipeNeeds([.change(.create, "apps"), .http("api.example")])
/// let wanted = RecipeNeeds([.change(.create, "apps"), .dns])
/// print(wanted.subtracting(granted).all.map(\.words))  // ["dns = true"]
/// ```
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
    package var word: String {
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
    package static let resources: OrderedDictionary<Effect, [String]> = {
        var words: OrderedDictionary<Effect, [String]> = [.create: [], .update: [], .delete: []]
        for case .change(let effect, let resource)? in all.map(\.need)
        where words[effect]?.contains(resource) == false { words[effect]?.append(resource) }
        return words
    }()
}
