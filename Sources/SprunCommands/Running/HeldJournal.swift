internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage
internal import RunJournal
internal import ServerPilotClient
internal import SystemPackage

/// The files of this user's journal.
struct JournalFile {
    /// The path of the journal.
    let path: FilePath
    /// The path of the journal's key.
    let keyPath: FilePath

    init(_ paths: Paths) {
        path = paths.journal
        keyPath = paths.journalKey
    }

    /// Whether the journal exists.
    var exists: Bool { PrivateFile.exists(path) }

    /// Opens an existing journal.
    ///
    /// - Throws: `CommandFailure`: `unknown_run` if there is no journal.
    func openExisting() throws -> SQLiteRunStore {
        guard exists else {
            throw CommandFailure("unknown_run", "there is no journal yet", hint: "sprun run FILE")
        }
        return try open()
    }

    /// Opens the journal, and creates it if there is none.
    ///
    /// - Throws: `CommandFailure`.
    func open() throws -> SQLiteRunStore {
        do {
            try AtomicFile.makeFolder(path.removingLastComponent())
        } catch let error as Errno {
            throw CommandFailure(
                "journal_unusable", "the folder of the journal '\(path)' cannot be used: \(error.plainDescription)",
                hint: "--no-journal runs without one; such a run cannot be resumed")
        }
        do throws(JournalError) {
            return try SQLiteRunStore(path: path.string, keyPath: keyPath.string)
        } catch {
            throw CommandFailure(error)
        }
    }
}

/// The journal, with the lock on an account, so that no other process changes the account.
///
/// It does not protect against a second machine, because the lock is a local file.
struct HeldJournal: Sendable {
    let store: SQLiteRunStore
    /// The keyed digest of the account.
    let account: String
    /// The account's name for people.
    let accountName: String
    private let lock: FileLock
    /// The fencing epoch for writing entries.
    let epoch: Int64

    /// Locks the account for this process and raises its epoch.
    ///
    /// - Throws: `CommandFailure`: `account_held` if another run holds it; failures of the journal.
    init(_ store: SQLiteRunStore, endpoint: Endpoint, clientID: String, in folder: FilePath) async throws {
        self.store = store
        accountName = "\(clientID) at \(endpoint.shortName)"
        account = Self.account(endpoint, clientID, store)
        let lock: FileLock?
        do {
            lock = try FileLock(beside: Self.lockPath(of: account, in: folder))
        } catch let error as Errno {
            throw CommandFailure(
                "journal_unusable", "the folder '\(folder)' cannot be used: \(error.plainDescription)",
                hint: "--no-journal runs without a journal; such a run cannot be resumed")
        }
        guard let lock else {
            throw CommandFailure(
                "account_held", "another run makes changes to \(accountName)", hint: "wait until it has ended")
        }
        self.lock = lock
        do throws(JournalError) { epoch = try await store.takeOver(account) } catch { throw CommandFailure(error) }
    }

    /// Throws if the run works on another account.
    ///
    /// - Throws: `CommandFailure`: `other_account`.
    func check(_ header: RunHeader) throws {
        guard account == header.account else {
            throw CommandFailure(
                "other_account", "run \(header.id) works on \(header.accountName), not on \(accountName)",
                hint: "give the credentials and the endpoint of that account")
        }
    }

    /// Records that a run is being undone, so that it is never resumed.
    ///
    /// The caller does this before the first deletion, so that no run continues with the remains of a half-done undo.
    /// The undo is a run itself, and can be resumed if it was interrupted.
    ///
    /// - Throws: `CommandFailure`.
    func markUndone(_ header: RunHeader, at now: Timestamp) async throws {
        do throws(JournalError) {
            try await store.append([.undone(at: now)], to: header.id, epoch: epoch)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Returns a digest that identifies an account without revealing it.
    static func account(_ endpoint: Endpoint, _ clientID: String, _ store: SQLiteRunStore) -> String {
        store.digest(Array("\(endpoint.identity) \(clientID)".utf8))
    }

    /// Returns the path to lock while a process makes changes to an account.
    static func lockPath(of account: String, in folder: FilePath) -> FilePath {
        folder.appending("account-\(account.prefix(16))")
    }

    /// Begins a new run.
    ///
    /// - Parameters:
    ///   - recipe: The recipe to run.
    ///   - now: The current time.
    ///   - plan: The plan that the run must follow, also when it is resumed; `nil` for none.
    ///   - random: The source of the run's id and seed.
    /// - Returns: The run.
    /// - Throws: `CommandFailure`.
    func begin(
        _ recipe: RecipeArguments, at now: Timestamp, plan: Plan? = nil, random: () -> UInt64
    ) async throws -> JournaledRun {
        let header = RunHeader(
            id: RunID(random: random), recipe: recipe.source.name, recipeDigest: store.digest(recipe.source.text),
            parameters: OrderedDictionary(
                recipe.parameters.sorted { $0.key < $1.key }, uniquingKeysWith: { first, _ in first }),
            account: account, accountName: accountName, seed: plan?.header.seed ?? random(), lua: LuaHost.luaVersion,
            program: Version.number, started: now)
        var entries: [JournalEntry] = []
        // A resumed run could not read this text anywhere else.
        if recipe.isEphemeral { entries.append(.recipe(recipe.source.text, at: now)) }
        if let plan { entries.append(.plan(plan, at: now)) }
        do throws(JournalError) {
            try await store.begin(header, with: entries, epoch: epoch)
        } catch {
            throw CommandFailure(error)
        }
        return JournaledRun(store: store, header: header, epoch: epoch)
    }
}

extension CommandFailure {
    /// Converts an error of the journal.
    init(_ error: JournalError) {
        let code: String
        switch error.code {
        case .fenced: code = "fenced"
        case .busy: code = "journal_busy"
        case .unwritten: code = "journal_unwritten"
        case .unknownRun: code = "unknown_run"
        case .keyMissing: code = "journal_key"
        case .damaged, .newerFormat, .unusable: code = "journal_unusable"
        }
        let message = error.message.prefix(1).lowercased() + error.message.dropFirst()
        self.init(code, message.hasSuffix(".") ? String(message.dropLast()) : message)
    }
}
