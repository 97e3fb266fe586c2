/// Where a simulated account is kept, so that what was answered is still there after a crash.
///
/// One process at a time uses a store, and one `commit` at a time runs.
public protocol AccountStore: Sendable {
    /// The account as the last commit left it; `nil` in a store that is new.
    ///
    /// - Throws: `AccountStoreError`.
    func load() async throws(AccountStoreError) -> StoredAccount?

    /// Begins with an account in a store that is new.
    ///
    /// - Throws: `AccountStoreError`; the store is still new then.
    func create(_ account: StoredAccount) async throws(AccountStoreError)

    /// Writes changes, all or none.
    ///
    /// When it returns, they survive the end of the process and of the machine.
    ///
    /// - Throws: `AccountStoreError`; nothing was written then, and the same changes may be given again.
    func commit(_ changes: AccountChanges) async throws(AccountStoreError)

    /// Lets go of everything; nothing else is called afterwards.
    ///
    /// - Throws: `AccountStoreError`.
    func close() async throws(AccountStoreError)
}
