public import OrderedCollections
public import ServerPilot

/// What a store has to write so that it holds an account again: the records that were touched, and where time and
/// random numbers stand.
public struct AccountChanges: Hashable, Sendable {
    /// One record of an account.
    public struct Key: Hashable, Sendable {
        /// Its table.
        public let table: AccountTable
        /// Its id.
        public let id: String
    }

    /// What became of each record: its document, or `nil` where it was removed.
    ///
    /// A record that is new stands after those that were there before it, so that a table's order survives.
    public private(set) var records: OrderedDictionary<Key, JSONValue?> = [:]
    /// What the account does where ServerPilot leaves it to circumstances.
    public private(set) var settings: AccountSettings
    /// When the last of the changes was made.
    public private(set) var now: Timestamp
    /// Where ids, keys and durations go on.
    public private(set) var random: SeededRandom

    init(settings: AccountSettings, now: Timestamp, random: SeededRandom) {
        self.settings = settings
        self.now = now
        self.random = random
    }

    mutating func note(_ id: String, in table: AccountTable, _ document: JSONValue?) {
        records.updateValue(document, forKey: Key(table: table, id: id))
    }

    /// Adds later changes: of a record that both touch, the later document counts.
    public mutating func merge(_ later: AccountChanges) {
        records.merge(later.records) { $1 }
        settings = later.settings
        now = later.now
        random = later.random
    }
}
