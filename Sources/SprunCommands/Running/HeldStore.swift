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
    /// - Throws: `CommandFailure`: `account_held` if another process holds it, `invalid_store`.
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
                "account_held", "another simulator holds the store '\(path)'", hint: "end it, or use another file")
        }
        self.path = path
        self.lock = lock
        do throws(AccountStoreError) {
            store = try SQLiteAccountStore(path: path.string)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Loads the stored account; `nil` if the store is new.
    ///
    /// - Throws: `CommandFailure`, `invalid_store`.
    func load() async throws -> StoredAccount? {
        do throws(AccountStoreError) { return try await store.load() } catch { throw CommandFailure(error) }
    }

    /// Stores the first account of a new store.
    ///
    /// - Throws: `CommandFailure`, `invalid_store`.
    func create(_ account: StoredAccount) async throws {
        do throws(AccountStoreError) { try await store.create(account) } catch { throw CommandFailure(error) }
    }
}

extension CommandFailure {
    /// Converts an error of an account store.
    init(_ error: AccountStoreError) {
        let message = error.message.prefix(1).lowercased() + error.message.dropFirst()
        self.init("invalid_store", message.hasSuffix(".") ? String(message.dropLast()) : message)
    }
}
