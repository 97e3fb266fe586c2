import Subprocess

/// What a program did.
struct Finished: Sendable, CustomStringConvertible {
    /// `.exited(0)`, or the signal that ended it.
    let status: TerminationStatus
    /// What it wrote to standard output.
    let output: String
    /// What it wrote to standard error.
    let error: String

    /// Both, for what must be in neither.
    var everything: String { output + error }

    /// The lines of standard output.
    var lines: [String] { output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init) }

    var description: String { "\(status)\n--- output\n\(output)\n--- error\n\(error)" }
}
