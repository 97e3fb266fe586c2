internal import Groundwork
internal import OrderedCollections
public import ServerPilot

/// A permission that a recipe can need.
///
/// ```swift
/// let need = RecipeNeed.change(.create, "apps")
/// print(need.words)                             // create = { "apps" }
/// print(RecipeNeed.http("api.example").words)  // http = { "api.example" }
/// ```
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
    package var entry: (word: String, name: String?) {
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
        let (word, name) = entry
        guard let name else { return "\(word) = true" }
        return if case .secrets = self { "\(word) = \"\(name)\"" } else { "\(word) = { \"\(name)\" }" }
    }
}
