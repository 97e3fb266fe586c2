internal import DurableSteps
internal import Groundwork
internal import RecipeEngine
internal import SystemPackage

/// The journal of runs, in any store.
struct Journal: Sendable {
    let store: any RunStore & Sealer
    /// The folder of the locks on accounts.
    let folder: FilePath

    /// The number of open runs that are searched for unfinished work: the newest, which the user still remembers.
    private static let mostOpenRuns = 50

    /// Returns a run by its id or a unique prefix, even a finished run.
    ///
    /// - Throws: `CommandFailure`: `unknown_run`; `JournalError`.
    func run(_ name: String) async throws -> RecordedRun {
        try await recorded(try Self.find(name, in: try await store.runs()))
    }

    /// Returns a run that can be resumed.
    ///
    /// - Parameter name: The run's id or a unique prefix of it; `nil` for the newest open run.
    /// - Returns: The run.
    /// - Throws: `CommandFailure`: `unknown_run`; `JournalError`.
    func openRun(_ name: String?) async throws -> RecordedRun {
        let runs = try await store.runs()
        guard let name else {
            guard let last = runs.first(where: { $0.status.isOpen }) else {
                throw CommandFailure(
                    "unknown_run", "no run can be resumed; a run that changed nothing is not recorded",
                    hint: "run the recipe again; 'sprun runs' lists the recorded runs")
            }
            return try await recorded(last)
        }
        let overview = try Self.find(name, in: runs)
        guard overview.status.isOpen else {
            let end = overview.status == .undone ? "was undone" : "is done"
            throw CommandFailure(
                "unknown_run", "the run \(overview.header.id) \(end): nothing to resume",
                hint: "sprun show \(overview.header.id); --result FILE writes its result")
        }
        return try await recorded(overview)
    }

    private func recorded(_ overview: RunOverview) async throws -> RecordedRun {
        RecordedRun(overview: overview, entries: try await store.entries(of: overview.header.id))
    }

    /// Returns the run with this id, or the only run whose id begins with it.
    private static func find(_ name: String, in runs: [RunOverview]) throws -> RunOverview {
        let matches = runs.filter { $0.header.id.rawValue.hasPrefix(name) }
        if let exact = matches.first(where: { $0.header.id.rawValue == name }) { return exact }
        guard let match = matches.first, matches.count == 1, !name.isEmpty else {
            let nearest = runs.map(\.header.id.rawValue).nearest(to: name)
            throw CommandFailure(
                "unknown_run", matches.isEmpty ? "no run has the id '\(name)'" : "several ids begin with '\(name)'",
                hint: (nearest.map { "did you mean \($0)? " } ?? "")
                    + "'sprun runs' lists all runs; a run that changed nothing is not recorded")
        }
        return match
    }

    /// Returns the work that open runs of an account created and left unfinished.
    ///
    /// - Throws: `JournalError`.
    func failedWork(on account: String, but current: RunID? = nil) async throws -> [FailedWork] {
        // A finished run is left out: its recipe saw the failure and continued.
        let open = try await store.runs().lazy.filter {
            $0.header.account == account && $0.status.isOpen && $0.header.id != current
        }.prefix(Self.mostOpenRuns)
        var work: [FailedWork] = []
        for run in open { work += try await store.entries(of: run.header.id).failedWork(of: run.header.id) }
        return work
    }

    // MARK: Locks

    /// Locks an account for this process; `nil` if another process holds it.
    ///
    /// The lock does not protect against a second machine, because it is a local file.
    ///
    /// - Throws: `Errno`.
    func lock(_ account: String) throws -> FileLock? {
        try FileLock(beside: lockFile(account))
    }

    /// Returns the file beside which the lock of an account lies.
    func lockFile(_ account: String) -> FilePath { folder.appending("account-\(account.prefix(16))") }

    /// Locks an account for this process, without writing into the store.
    ///
    /// A run cannot know whether it will change something, so each run locks its account. The lock is a lock of the
    /// system on a file and costs no write to the disk. The first change takes the account over in the store.
    ///
    /// - Throws: `CommandFailure`: `account_held` if another run holds it; `JournalError`.
    func hold(_ identity: AccountIdentity) async throws -> AccountHold {
        let account = identity.key(in: store)
        let lock: FileLock?
        do {
            lock = try self.lock(account)
        } catch let error as Errno {
            throw CommandFailure(
                "journal_unusable", "the folder '\(folder)' cannot be used: \(error.plainDescription)",
                hint: "--no-journal runs without a journal; such a run cannot be resumed")
        }
        guard let lock else {
            throw CommandFailure(
                "account_held", "another run is changing \(identity.name)", hint: "wait until it ends")
        }
        return AccountHold(
            journal: self, account: account, accountName: identity.name, epoch: try await store.epoch(of: account),
            lock: lock)
    }

    /// Appends an entry to a run; does nothing if another process holds the run's account.
    ///
    /// - Throws: `JournalError`.
    func append(_ entry: JournalEntry, toIdle run: RunHeader) async throws {
        // A lock that fails counts as held by another process, because the run may be in progress.
        guard let lock = try? lock(run.account) else { return }
        defer { withExtendedLifetime(lock) {} }
        try await store.append([entry], to: run.id, epoch: try await store.takeOver(run.account))
    }
}
