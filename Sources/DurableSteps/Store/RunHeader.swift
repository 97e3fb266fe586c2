public import Groundwork
public import OrderedCollections

/// The header of a run, written before all its entries.
public struct RunHeader: Hashable, Sendable {
    /// The id of the run.
    public var id: RunID
    /// The recipe as the user named it.
    public var recipe: String
    /// A digest of the recipe's text.
    public var recipeDigest: String
    /// The parameters; they can contain secrets.
    public var parameters: OrderedDictionary<String, String>
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
        account: String, accountName: String, seed: UInt64, lua: String, program: String, started: Timestamp
    ) {
        self.id = id
        self.recipe = recipe
        self.recipeDigest = recipeDigest
        self.parameters = parameters
        self.account = account
        self.accountName = accountName
        self.seed = seed
        self.lua = lua
        self.program = program
        self.started = started
    }
}

/// An overview of a run, for lists.
public struct RunOverview: Hashable, Sendable {
    /// The statuses of a run.
    public enum Status: String, Hashable, Sendable {
        /// The run has completed.
        case done
        /// The run ended with a failure.
        case failed
        /// A person must decide.
        case stopped
        /// The run has not ended: it is still running, or its process was killed.
        case unfinished
        /// `sprun undo` took back what the run made; it cannot be resumed.
        case undone

        /// Whether the run can be resumed.
        public var isOpen: Bool { self == .failed || self == .stopped || self == .unfinished }
    }

    /// The header of the run.
    public var header: RunHeader
    /// The status of the run.
    public var status: Status
    /// The number of changes that the run made.
    public var changes: Int
    /// The time of the last entry.
    public var updated: Timestamp

    /// Creates an overview.
    public init(header: RunHeader, status: Status, changes: Int, updated: Timestamp) {
        self.header = header
        self.status = status
        self.changes = changes
        self.updated = updated
    }
}
