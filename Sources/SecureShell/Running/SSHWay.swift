internal import Groundwork
internal import RecipeEngine
internal import ServerPilot
internal import SystemPackage

/// The parameters of a connection to one host.
struct SSHWay: Sendable {
    let host: ShellHost
    let program: SSHProgram
    let configuration: FilePath?
    /// A known-hosts file with exactly the key that the host must have; `nil` to use the usual files.
    let keys: FilePath?
    let elapse: @Sendable (Duration) async throws -> Void

    /// Sends a request to a runner and reads until a final event; reconnects after a lost connection if that is safe.
    ///
    /// - Parameters:
    ///   - conversation: The state so far; it receives all events.
    ///   - isRepeatable: Whether the request may be sent again after a lost connection.
    ///   - request: Makes the request from the number of bytes received so far.
    /// - Returns: The final event.
    /// - Throws: `ShellFailure`.
    func converse(
        _ conversation: RunnerConversation, isRepeatable: Bool,
        _ request: @Sendable ((output: Int, error: Int)) -> RunnerRequest
    ) async throws(ShellFailure) -> RunnerEvent {
        var pause = SecureShellLimits.reconnectionPause
        var lost: ShellFailure?
        for attempt in 0...SecureShellLimits.reconnections {
            if attempt > 0 {
                do {
                    try await elapse(pause)
                } catch {
                    throw ShellFailure(.cancelled, "the operation was cancelled", delivery: .ambiguous)
                }
                pause *= 2
            }
            await conversation.begin()
            let finished = try await program.run(
                "ssh", SSHArguments.list(host, keys: keys, configuration: configuration),
                input: request(conversation.received).bytes
            ) { await conversation.take($0) }
            if let verdict = await conversation.verdict { return verdict }
            let failure = await failure(finished, conversation)
            // Once a script may have started, a host that does not answer may come back.
            guard isRepeatable, failure.code == .connectionLost || lost != nil && failure.mayPass else {
                throw lost == nil || failure.delivery != .notSent ? failure : Self.ambiguous(failure)
            }
            lost = failure.code == .connectionLost ? failure : lost
        }
        throw lost
            ?? ShellFailure(
                .connectionLost,
                "the connection to '\(host.description)' was lost", delivery: .ambiguous)
    }

    /// Returns the failure of a connection that ended before a final event.
    private func failure(_ finished: SSHProgram.Finished, _ conversation: RunnerConversation) async -> ShellFailure {
        guard await conversation.isGreeted else {
            return SSHMessage.failure(finished.said, status: finished.status, host)
        }
        return ShellFailure(
            .connectionLost, "the connection to '\(host.description)' was lost: \(SSHMessage.shown(finished.said))",
            hint: "a script that makes changes continues on the host; 'sprun resume' waits for its "
                + "end", delivery: .ambiguous)
    }

    private static func ambiguous(_ failure: ShellFailure) -> ShellFailure {
        ShellFailure(failure.code, failure.message, hint: failure.hint, delivery: .ambiguous)
    }
}
