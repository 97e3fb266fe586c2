/// A store of a simulated account: changes that a reply has confirmed survive a crash.
///
/// Only one process uses a store at a time, and only one `commit` runs at a time.
///
/// ```swift
/// func open(
///     _ store: any AccountStore, account: Account, credentials: AccountCredentials, now: Timestamp
/// ) async throws -> StoredAccount {
///     if let stored = try await store.load() { return stored }
///     let state = SimulatorState(account: account, now: now, random: SeededRandom(seed: 1))
///     let new = StoredAccount(state: state, credentials: credentials)
///     try await store.create(new)
///     return new
/// }
/// ```
public protocol AccountStore: Sendable {
    /// Returns the account as of the last commit; `nil` if the store is new.
    ///
    /// - Throws: `AccountStoreError`.
    func load() async throws(AccountStoreError) -> StoredAccount?

    /// Writes the first account into a new store.
    ///
    /// - Throws: `AccountStoreError`. The store is then still new.
    func create(_ account: StoredAccount) async throws(AccountStoreError)

    /// Writes all of the changes or none.
    ///
    /// When the function returns, the changes survive the end of the process and of the machine.
    ///
    /// - Throws: `AccountStoreError`. Nothing is then written, and the caller may commit the same changes again.
    func commit(_ changes: AccountChanges) async throws(AccountStoreError)

    /// Closes the store. The caller makes no further calls.
    ///
    /// - Throws: `AccountStoreError`.
    func close() async throws(AccountStoreError)
}
