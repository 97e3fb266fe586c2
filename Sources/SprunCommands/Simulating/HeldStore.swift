internal import Groundwork
internal import ServerPilotSimulator
internal import SystemPackage

/// The account store of a running simulator, locked against other processes.
struct HeldStore {
    /// The store.
    let store: SQLiteAccountStore
    /// The path of the store's file.
    let path: FilePath
    private let lock: FileLock

    /// Locks the file for this process and opens it.
    ///
    /// - Throws: `CommandFailure`: `account_held` if another process holds it, `invalid_store`; `AccountStoreError`.
    init(path: FilePath) throws {
        let lock: FileLock?
        do {
            lock = try FileLock(beside: path)
        } catch let error as Errno {
            throw CommandFailure(
                "invalid_store", "the folder of the store '\(path)' cannot be used: \(error.plainDescription)")
        }
        guard let lock else {
            throw CommandFailure(
                "account_held", "another simulator holds the store '\(path)'", hint: "stop it, or use another file")
        }
        self.path = path
        self.lock = lock
        store = try SQLiteAccountStore(path: path.string)
    }
}
