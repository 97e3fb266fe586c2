internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeEngine
internal import RunJournal
internal import ServerPilot
internal import ServerPilotClient
internal import SystemPackage

/// The journal of this user's runs.
struct JournalFile {
    /// Where it is.
    let path: FilePath
    /// Where its key is.
    let keyPath: FilePath

    init(_ paths: Paths) {
        path = paths.journal
        keyPath = paths.journalKey
    }

    /// Whether anything was ever written.
    var exists: Bool { PrivateFile.exists(path) }

    /// Opens it where there is one.
    ///
    /// - Throws: `CommandFailure`: `unknown_run` where nothing was ever written.
    func openExisting() throws -> SQLiteRunStore {
        guard exists else {
            throw CommandFailure("unknown_run", "there is no journal yet", hint: "sprun run FILE")
        }
        return try open()
    }

    /// Opens it, and makes it where there is none.
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

/// The journal, and an account of which this process alone makes changes as long as it holds it.
///
/// Two machines cannot be kept apart by it: the lock is a file of this one.
struct HeldJournal: Sendable {
    let store: SQLiteRunStore
    /// The account, as a digest.
    let account: String
    /// The account, as people know it.
    let accountName: String
    private let lock: FileLock
    /// By which entries are written.
    let epoch: Int64

    /// Takes the account for this process.
    ///
    /// - Throws: `CommandFailure`: `account_held` when another run has it.
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

    /// Refuses a run that works on another account.
    ///
    /// - Throws: `CommandFailure`: `other_account`.
    func check(_ header: RunHeader) throws {
        guard account == header.account else {
            throw CommandFailure(
                "other_account", "run \(header.id) works on \(header.accountName), not on \(accountName)",
                hint: "give the credentials and the endpoint of that account")
        }
    }

    /// Writes down that what a run made is being taken back: from now on it is not resumed.
    ///
    /// This comes before the first deletion, so that no run goes on with what half an undo has left. An undo that was cut
    /// off is a run itself, and is resumed.
    ///
    /// - Throws: `CommandFailure`.
    func markUndone(_ header: RunHeader, at now: Timestamp) async throws {
        let status = JSONValue.string(RunOverview.Status.undone.rawValue)
        do throws(JournalError) {
            let entry = JournalEntry(.ended, time: now, body: ["status": status])
            try await store.append([entry], to: header.id, epoch: epoch)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// What tells an account from others, and nothing of it to anybody else.
    static func account(_ endpoint: Endpoint, _ clientID: String, _ store: SQLiteRunStore) -> String {
        store.digest(Array("\(endpoint.identity) \(clientID)".utf8))
    }

    /// What is locked while a process makes changes to an account.
    static func lockPath(of account: String, in folder: FilePath) -> FilePath {
        folder.appending("account-\(account.prefix(16))")
    }

    /// Begins a new run.
    ///
    /// - Parameters:
    ///   - recipe: what is run.
    ///   - now: the time.
    ///   - plan: what the run is held to, also when it is resumed.
    ///   - random: where its name and seed come from.
    /// - Returns: the run.
    ///
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
        // Nobody has the text when the run is to go on.
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
    /// The journal cannot be used.
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
