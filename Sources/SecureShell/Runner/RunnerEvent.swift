internal import RecipeEngine

/// A message of the runner on the host; `runner.sh` lists the lines of its protocol.
enum RunnerEvent: Hashable {
    /// The runner has started; all later output is its protocol.
    case greeted
    /// The script has started; `before` is true if an earlier request started it.
    case begun(before: Bool)
    /// The script wrote bytes to a stream.
    case wrote(ShellLine.Stream, [UInt8])
    /// The script is still running.
    case running
    /// The script ended with this exit status and wrote this number of bytes to each stream.
    case ended(status: Int, output: Int, error: Int)
    /// An earlier kill request had ended the script, because of its time limit.
    case killed
    /// The runner has ended the script, or deleted its output, as requested.
    case done
    /// The runner could not end the script.
    case notEnded
    /// The script started, but its exit status is unknown.
    case unknown
    /// The file has its content and mode; `isNew` is false if it had both already.
    case copied(isNew: Bool)
    /// The host cannot do what was requested; the text is the runner's message.
    case refused(String)
    /// The output does not follow the runner's protocol.
    case garbled
}
