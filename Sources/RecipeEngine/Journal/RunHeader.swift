public import OrderedCollections
public import ServerPilot

/// What a run is: written before anything else of it.
public struct RunHeader: Hashable, Sendable {
    /// Its name.
    public var id: RunID
    /// The recipe as it was named.
    public var recipe: String
    /// The digest of the recipe's text.
    public var recipeDigest: String
    /// Its parameters; they can hold secrets.
    public var parameters: OrderedDictionary<String, String>
    /// Which account it works on, as a keyed digest of endpoint and client id.
    public var account: String
    /// The account as people know it: the endpoint's host and the client id.
    public var accountName: String
    /// Where the random numbers of the recipe come from.
    public var seed: UInt64
    /// The version of Lua that ran it.
    public var lua: String
    /// The version of the program that ran it.
    public var program: String
    /// When it began.
    public var started: Timestamp

    /// A header.
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

/// A run in a list.
public struct RunOverview: Hashable, Sendable {
    /// How a run stands.
    public enum Status: String, Hashable, Sendable {
        /// It has come to its end.
        case done
        /// It ended with a failure.
        case failed
        /// A person must decide.
        case stopped
        /// It has not ended: it runs, or was killed.
        case unfinished
        /// What it made was taken back by `sprun undo`: it is not to go on.
        case undone

        /// Whether the run can go on.
        public var isOpen: Bool { self == .failed || self == .stopped || self == .unfinished }
    }

    /// What it is.
    public var header: RunHeader
    /// How it stands.
    public var status: Status
    /// Changes that it made.
    public var changes: Int
    /// When something of it was last written.
    public var updated: Timestamp

    /// A run in a list.
    public init(header: RunHeader, status: Status, changes: Int, updated: Timestamp) {
        self.header = header
        self.status = status
        self.changes = changes
        self.updated = updated
    }
}
