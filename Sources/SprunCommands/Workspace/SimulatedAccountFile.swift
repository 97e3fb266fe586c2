internal import Groundwork
internal import ServerPilotSimulator
internal import SystemPackage

/// The account of `sprun run --simulate`, kept between runs and locked for a single run at a time.
final class SimulatedAccountFile: Sendable {
    private let path: FilePath
    private let lock: FileLock

    /// Locks the account for this process.
    ///
    /// - Throws: `CommandFailure`: `account_held` if another run holds it, `unwritable_file`.
    init(in paths: Paths) throws {
        path = paths.simulatedAccount
        let lock: FileLock?
        do {
            try AtomicFile.makeFolder(paths.state)
            lock = try FileLock(beside: path)
        } catch let error as Errno {
            throw CommandFailure("unwritable_file", "the folder of '\(path)' cannot be used: \(error.plainDescription)")
        }
        guard let lock else {
            throw CommandFailure(
                "account_held", "another run holds the simulated account '\(path)'",
                hint: "wait until it ends, or set SPRUN_HOME to another folder")
        }
        self.lock = lock
    }

    /// Reads the account as the last run left it; `nil` if there is none yet.
    ///
    /// - Throws: `CommandFailure`, `invalid_account`.
    func read() throws -> SimulatorState? {
        guard PrivateFile.exists(path) else { return nil }
        let bytes = try PrivateFile.read(path, what: "the simulated account")
        do {
            return try SimulatorState(document: try JSONValue(bytes: bytes))
        } catch let error as JSONFailure {
            throw damaged("\(error)")
        } catch let error as SimulatorStateError {
            throw damaged(error.message)
        }
    }

    /// Writes the account, its time and its random numbers for the next run, unless they are as they were read.
    ///
    /// - Throws: `CommandFailure`, `unwritable_file`.
    func write(_ state: SimulatorState, over earlier: SimulatorState? = nil) throws {
        guard state != earlier else { return }
        try PrivateFile(path: path).write(state.document.bytes)
    }

    private func damaged(_ reason: String) -> CommandFailure {
        CommandFailure(
            "invalid_account", "the simulated account '\(path)' cannot be read: \(reason)",
            hint: "start with a new account: rm \(path.string.shellQuoted)")
    }
}
