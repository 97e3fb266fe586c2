internal import RecipeEngine
internal import ServerPilot
internal import SystemPackage

/// How one host is reached.
struct SSHWay: Sendable {
    let host: ShellHost
    let program: SSHProgram
    let configuration: FilePath?
    /// A file with exactly the key that the host has to have.
    let keys: FilePath?
    let elapse: @Sendable (Duration) async throws -> Void

    /// Talks with a runner until it has said how things end, on more than one connection where that is right.
    ///
    /// - Parameters:
    ///   - conversation: what came of it by now.
    ///   - isRepeatable: whether the same may be asked for again where a connection is lost.
    ///   - request: what to send, by what has been received.
    /// - Returns: how things ended.
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
                    throw ShellFailure(.cancelled, "what was under way was cancelled", delivery: .ambiguous)
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
            // Once something may have been begun, a host that does not answer may come back.
            guard isRepeatable, failure.code == .connectionLost || lost != nil && failure.mayPass else {
                throw lost == nil || failure.delivery != .notSent ? failure : Self.ambiguous(failure)
            }
            lost = failure.code == .connectionLost ? failure : lost
        }
        throw lost ?? ShellFailure(.connectionLost, "'\(host.description)' is lost", delivery: .ambiguous)
    }

    /// Why a connection ended without a word on how things end.
    private func failure(_ finished: SSHProgram.Finished, _ conversation: RunnerConversation) async -> ShellFailure {
        guard await conversation.isGreeted else {
            return SSHMessage.failure(finished.said, status: finished.status, host)
        }
        return ShellFailure(
            .connectionLost, "the connection to '\(host.description)' was lost: \(SSHMessage.shown(finished.said))",
            hint: "a script that changes things goes on there; a resumed run waits for its end", delivery: .ambiguous)
    }

    private static func ambiguous(_ failure: ShellFailure) -> ShellFailure {
        ShellFailure(failure.code, failure.message, hint: failure.hint, delivery: .ambiguous)
    }
}
