/// A client that runs scripts on other hosts.
///
/// A script with a marker starts only once on a host. If this or a later process requests it again, the client returns
/// the output and result of the first start, or waits for them.
///
/// ```swift
/// struct NoShell: RemoteShell {
///     func run(
///         _ script: ShellScript, on host: ShellHost, progress: @escaping @Sendable (ShellLine) async -> Void
///     ) async throws(ShellFailure) -> ShellResult {
///         throw ShellFailure(.missing, "this program connects to no host")
///     }
///     func copy(_ file: ShellFile, to host: ShellHost) async throws(ShellFailure) -> Bool {
///         throw ShellFailure(.missing, "this program connects to no host")
///     }
///     func forget(_ marker: String, on host: ShellHost) async {}
/// }
/// ```
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
