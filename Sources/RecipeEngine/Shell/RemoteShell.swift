/// A client that runs scripts on other hosts.
///
/// A script with a marker starts only once on a host. If this or a later process requests it again, the client returns
/// the output and result of the first start, or waits for them.
public protocol RemoteShell: Sendable {
    /// Runs a script to its end.
    ///
    /// - Parameters:
    ///   - script: the script and its time limit.
    ///   - host: the host that runs it.
    ///   - progress: receives each line of output as it arrives; lines may contain secrets.
    /// - Returns: the result, also for an exit status other than 0.
    /// - Throws: `ShellFailure`.
    func run(
        _ script: ShellScript, on host: ShellHost, progress: @escaping @Sendable (ShellLine) async -> Void
    ) async throws(ShellFailure) -> ShellResult

    /// Writes a file whole or not at all, unless it already has these bytes and this mode.
    ///
    /// - Returns: whether the file was written.
    /// - Throws: `ShellFailure`.
    func copy(_ file: ShellFile, to host: ShellHost) async throws(ShellFailure) -> Bool

    /// Removes the stored output of a script with a marker, once its result is durable on this machine.
    ///
    /// The host still remembers that the script ran. Failures are not reported: files that remain are in a folder that
    /// only its user can read.
    func forget(_ marker: String, on host: ShellHost) async
}

/// A line that a script wrote, without its line ending.
public struct ShellLine: Hashable, Sendable {
    /// The streams of a script's output.
    public enum Stream: Hashable, Sendable {
        case output, error
    }

    /// The stream that the script wrote the line to.
    public var stream: Stream
    /// The text; bytes that are not UTF-8 are replaced.
    public var text: String

    /// Creates a line.
    public init(_ stream: Stream, _ text: String) {
        self.stream = stream
        self.text = text
    }
}

/// The result of a script.
public struct ShellResult: Hashable, Sendable {
    /// The exit status; 128 and more for a signal.
    public var status: Int
    /// The bytes of standard output that were kept.
    public var output: [UInt8]
    /// The bytes of standard error that were kept.
    public var error: [UInt8]
    /// The number of bytes of both streams that were dropped because there were too many.
    public var dropped: Int
    /// Whether an earlier request had already started the script.
    public var wasBegun: Bool

    /// Creates a result.
    public init(status: Int, output: [UInt8] = [], error: [UInt8] = [], dropped: Int = 0, wasBegun: Bool = false) {
        self.status = status
        self.output = output
        self.error = error
        self.dropped = dropped
        self.wasBegun = wasBegun
    }
}
