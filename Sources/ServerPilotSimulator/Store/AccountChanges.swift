public import Groundwork
public import OrderedCollections

/// The changes that bring a store up to date with an account: touched records, time, and state of the random source.
///
/// ```swift
/// struct Counting: AccountStore {
///     let store: any AccountStore
///
///     func load() async throws(AccountStoreError) -> StoredAccount? { try await store.load() }
///     func create(_ account: StoredAccount) async throws(AccountStoreError) { try await store.create(account) }
///     func commit(_ changes: AccountChanges) async throws(AccountStoreError) {
///         print("\(changes.records.count) records changed")
///         try await store.commit(changes)
///     }
///     func close() async throws(AccountStoreError) { try await store.close() }
/// }
/// ```
public struct AccountChanges: Hashable, Sendable {
    /// The identity of a record in an account.
    public struct Key: Hashable, Sendable {
        /// The record's table.
        public let table: AccountTable
        /// The record's id.
        public let id: String
    }

    /// The document of each touched record; `nil` for a removed record.
    ///
    /// New records come after those that existed before them, so that a table keeps its order.
    public private(set) var records: OrderedDictionary<Key, JSONValue?> = [:]
    /// How the account behaves where ServerPilot's behavior depends on circumstances.
    public private(set) var settings: AccountSettings
    /// The time of the last change.
    public private(set) var now: Timestamp
    /// The source of ids, keys and durations, which continues from this state.
    public private(set) var random: SeededRandom

    init(settings: AccountSettings, now: Timestamp, random: SeededRandom) {
        self.settings = settings
        self.now = now
        self.random = random
    }

    mutating func note(_ id: String, in table: AccountTable, _ document: JSONValue?) {
        records.updateValue(document, forKey: Key(table: table, id: id))
    }

    /// Adds later changes; if both contain a record, the later document replaces the earlier.
    public mutating func merge(_ later: AccountChanges) {
        records.merge(later.records) { $1 }
        settings = later.settings
        now = later.now
        random = later.random
    }
}
