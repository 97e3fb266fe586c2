internal import ArgumentParser
internal import Foundation

/// The exit status of the process; the numbers are a stable part of the command-line interface.
enum ExitStatus: Int32 {
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

    /// The status as the error that makes the argument parser exit with it.
    var exitCode: ExitCode { ExitCode(rawValue) }

    /// Exits the process immediately, without waiting for any of its threads.
    func atOnce() { _exit(rawValue) }
}
