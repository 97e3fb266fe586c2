internal import RecipeEngine

/// What a runner says.
enum RunnerEvent: Hashable {
    /// It runs: what is said from now on is its own.
    case greeted
    /// The script was begun; whether that was before.
    case begun(before: Bool)
    /// The script has written something.
    case wrote(ShellLine.Stream, [UInt8])
    /// The script still runs.
    case running
    /// The script has ended, with its status and all that it has written, in bytes.
    case ended(status: Int, output: Int, error: Int)
    /// The script was ended, because it took too long.
    case killed
    /// What was asked for is done.
    case done
    /// The script could not be ended.
    case notEnded
    /// The script was begun, and nobody knows how it ended.
    case unknown
    /// A file has been looked at; whether it was written.
    case copied(isNew: Bool)
    /// Something cannot be done.
    case refused(String)
    /// What comes is nothing that a runner says.
    case garbled
}
