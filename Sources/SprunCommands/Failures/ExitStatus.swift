internal import ArgumentParser
internal import FoundationEssentials

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The exit status of the process; the numbers are a stable part of the command-line interface.
enum ExitStatus: Int32, CaseIterable {
    /// Success.
    case done = 0
    /// Failure.
    case failed = 1
    /// The plan has changes; only with `--detailed-exitcode`.
    case changes = 2
    /// The run is partly done and can be resumed.
    case unfinished = 3
    /// A problem with the credentials.
    case credentials = 4
    /// Another run holds the account.
    case accountHeld = 5
    /// The recipe changed, or behaved differently than before.
    case recipeChanged = 6
    /// The user must decide.
    case undecided = 7
    /// A limit was exceeded: time, CPU, memory or size.
    case limit = 8
    /// The command line is wrong.
    case usage = 64
    /// Ended by SIGHUP: the terminal was closed.
    case hungUp = 129
    /// Ended by SIGINT.
    case interrupted = 130
    /// Ended by SIGTERM.
    case terminated = 143

    /// When the process ends with the status, as the README and the man page of sprun tell it.
    var meaning: String {
        switch self {
        case .done: "done"
        case .failed: "failed"
        case .changes: "the plan has changes (sprun plan --detailed-exitcode)"
        case .unfinished: "partly done; resume the run"
        case .credentials: "a problem with the credentials"
        case .accountHeld: "another run holds the account"
        case .recipeChanged: "the recipe, the plan or the account changed"
        case .undecided: "a person must decide"
        case .limit: "a limit was exceeded: time, CPU, memory, size, --max-create or --max-delete"
        case .usage: "the command line is wrong, or a confirmation is missing"
        case .hungUp: "stopped by SIGHUP"
        case .interrupted: "stopped by SIGINT"
        case .terminated: "stopped by SIGTERM"
        }
    }

    /// The status as the error that makes the argument parser exit with it.
    var exitCode: ExitCode { ExitCode(rawValue) }

    /// Exits the process immediately, without waiting for any of its threads.
    func atOnce() { _exit(rawValue) }
}
