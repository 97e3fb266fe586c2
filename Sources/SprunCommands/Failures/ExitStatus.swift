internal import ArgumentParser

/// What the process ends with; the numbers are part of the command line's promise.
enum ExitStatus: Int32 {
    /// It was done.
    case done = 0
    /// It failed.
    case failed = 1
    /// A plan has changes, where that was asked for.
    case changes = 2
    /// It is partly done, and can be resumed.
    case unfinished = 3
    /// Something is wrong with the credentials.
    case credentials = 4
    /// Another run holds the account.
    case accountHeld = 5
    /// The recipe has changed, or does not do the same twice.
    case recipeChanged = 6
    /// A person must decide.
    case undecided = 7
    /// A limit was passed: of time, CPU, memory, size.
    case limit = 8
    /// The command line is wrong.
    case usage = 64
    /// Ended by SIGHUP: its terminal was closed.
    case hungUp = 129
    /// Ended by SIGINT.
    case interrupted = 130
    /// Ended by SIGTERM.
    case terminated = 143

    /// The status in the form that the argument parser throws.
    var exitCode: ExitCode { ExitCode(rawValue) }
}
