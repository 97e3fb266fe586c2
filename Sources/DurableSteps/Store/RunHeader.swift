public import Groundwork
public import OrderedCollections

/// The header of a run, written before all its entries.
///
/// ```swift
/// func header(clock: any TimeSource) -> RunHeader {
///     RunHeader(
///         id: RunID(random: { .random(in: .min ... .max) }), recipe: "orders", recipeDigest: "", parameters: [:],
///         account: "https://shop.example", accountName: "shop.example", seed: 0, lua: "", program: "1.0",
///         started: clock.now)
/// }
/// ```
public struct RunHeader: Hashable, Sendable {
    // Large: it mirrors the columns of a run in a store.
    /// The id of the run.
    public var id: RunID
    /// The recipe as the user named it.
    public var recipe: String
    /// A digest of the recipe's text.
    public var recipeDigest: String
    /// The parameters; they can contain secrets.
    public var parameters: OrderedDictionary<String, String>
    /// The names of the parameters that are secrets; `nil` if not known, as for runs of an earlier version.
    public var secretParameters: Set<String>?
    /// The account, as a keyed digest of endpoint and client id.
    public var account: String
    /// The account as shown to people: the endpoint's host and the client id.
    public var accountName: String
    /// The seed of the recipe's random numbers in Lua.
    public var seed: UInt64
    /// The version of Lua that ran the recipe.
    public var lua: String
    /// The version of the program that ran the recipe.
    public var program: String
    /// The time when the run began.
    public var started: Timestamp

    /// Creates a header.
    public init(
        id: RunID, recipe: String, recipeDigest: String, parameters: OrderedDictionary<String, String>,
        secretParameters: Set<String>? = nil, account: String, accountName: String, seed: UInt64, lua: String,
        program: String, started: Timestamp
    ) {
        self.id = id
        self.recipe = recipe
        self.recipeDigest = recipeDigest
        self.parameters = parameters
        self.secretParameters = secretParameters
        self.account = account
        self.accountName = accountName
        self.seed = seed
        self.lua = lua
        self.program = program
        self.started = started
    }
}
