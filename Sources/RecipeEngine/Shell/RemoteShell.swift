/// Runs scripts on other hosts.
///
/// A script with a marker is begun once on a host: asked for again, by this process or by a later one, its output and
/// its end are given as they were, or are waited for.
public protocol RemoteShell: Sendable {
    /// Runs a script to its end.
    ///
    /// - Parameters:
    ///   - script: the script, and how long it may take.
    ///   - host: where it runs.
    ///   - progress: gets each line of output as it comes; it may hold secrets.
    /// - Returns: how it ended, also with a status that is not 0.
    /// - Throws: `ShellFailure`.
    func run(
        _ script: ShellScript, on host: ShellHost, progress: @escaping @Sendable (ShellLine) async -> Void
    ) async throws(ShellFailure) -> ShellResult

    /// Writes a file whole or not at all, unless it has these bytes and this mode.
    ///
    /// - Returns: whether anything was written.
    /// - Throws: `ShellFailure`.
    func copy(_ file: ShellFile, to host: ShellHost) async throws(ShellFailure) -> Bool

    /// Removes what was kept of the output of a script with a marker, once its end is written down here.
    ///
    /// That the script ran stays known. Nothing is told of a failure: what is left is in a folder that only its user
    /// can read.
    func forget(_ marker: String, on host: ShellHost) async
}

/// A line that a script wrote, without its end.
public struct ShellLine: Hashable, Sendable {
    /// What it was written to.
    public enum Stream: Hashable, Sendable {
        case output, error
    }

    /// What it was written to.
    public var stream: Stream
    /// Its text; bytes that are no UTF-8 are replaced.
    public var text: String

    /// A line.
    public init(_ stream: Stream, _ text: String) {
        self.stream = stream
        self.text = text
    }
}

/// How a script ended.
public struct ShellResult: Hashable, Sendable {
    /// Its exit status; 128 and more for a signal.
    public var status: Int
    /// What it wrote to its standard output, as far as that is kept.
    public var output: [UInt8]
    /// What it wrote to its standard error, as far as that is kept.
    public var error: [UInt8]
    /// How many bytes of both were dropped, because there were too many.
    public var dropped: Int
    /// Whether it had been begun before it was asked for now.
    public var wasBegun: Bool

    /// An end.
    public init(status: Int, output: [UInt8] = [], error: [UInt8] = [], dropped: Int = 0, wasBegun: Bool = false) {
        self.status = status
        self.output = output
        self.error = error
        self.dropped = dropped
        self.wasBegun = wasBegun
    }
}
