internal import Crypto
internal import Groundwork
package import RecipeEngine
internal import ServerPilot
internal import SystemPackage

/// A remote shell through the system's OpenSSH, so that the user's keys, agent and configuration work.
///
/// The process must ignore SIGPIPE: ssh can end before it has read its input.
package struct OpenSSH: RemoteShell {
    let program: SSHProgram
    let configuration: FilePath?
    let temporaryFolder: FilePath
    let elapse: @Sendable (Duration) async throws -> Void

    /// Creates a remote shell.
    ///
    /// - Parameters:
    ///   - environment: The variables of this process; ssh receives only those that it needs.
    ///   - configuration: The path of a configuration file that replaces the user's and the system's.
    ///   - elapse: Waits for a duration; used for the time limits of scripts and the pauses between connections.
    package init(
        environment: [String: String], configuration: String? = nil,
        elapse: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.elapse = elapse
        program = SSHProgram(environment: SSHEnvironment.hardened(environment))
        self.configuration = configuration.map { FilePath($0) }
        temporaryFolder = FilePath(environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp")
    }

    /// Runs a script to its end.
    package func run(
        _ script: ShellScript, on host: ShellHost, progress: @escaping @Sendable (ShellLine) async -> Void
    ) async throws(ShellFailure) -> ShellResult {
        let name = script.marker ?? "once-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
        let conversation = RunnerConversation(progress: progress)
        let (text, input) = (Array(script.text.reveal().utf8), script.input.reveal())
        return try await connected(to: host) { way throws(ShellFailure) in
            let verdict = try await limited(script.timeLimit) { () throws(ShellFailure) in
                try await way.converse(conversation, isRepeatable: script.marker != nil) { received in
                    .run(name, script: text, input: input, received: received)
                }
            }
            guard let verdict else { throw await timedOut(name, after: script.timeLimit, way) }
            return try await Self.result(verdict, conversation, host)
        }
    }

    /// Writes a file completely or not at all; skips it if it already has this content and this mode.
    package func copy(_ file: ShellFile, to host: ShellHost) async throws(ShellFailure) -> Bool {
        let content = file.content.reveal()
        let digest = HexadecimalText.text(SHA256.hash(data: content))
        let verdict = try await connected(to: host) { way throws(ShellFailure) in
            try await limited(SecureShellLimits.copyTime) { () throws(ShellFailure) in
                try await way.converse(RunnerConversation(), isRepeatable: true) { _ in
                    .copy(content, digest: digest, path: file.path, mode: file.mode)
                }
            }
        }
        switch verdict {
        case .copied(let isNew): return isNew
        case .refused(let text): throw ShellFailure(.failed, "'\(host.description)': \(text)", delivery: .rejected)
        case nil:
            throw ShellFailure(
                .timedOut,
                "copying '\(file.path)' to '\(host.description)' took longer than \(SecureShellLimits.copyTime)",
                delivery: .ambiguous)
        default: throw Self.garbled(host)
        }
    }

    /// Deletes the kept output of a script with a marker; ignores errors.
    package func forget(_ marker: String, on host: ShellHost) async {
        _ = try? await connected(to: host) { way throws(ShellFailure) in await beside(way, .forget(marker)) }
    }

    /// Checks the identity file and the host's key, then calls `body` with the parameters of a connection.
    private func connected<Value: Sendable>(
        to host: ShellHost, _ body: (SSHWay) async throws(ShellFailure) -> Value
    ) async throws(ShellFailure) -> Value {
        if let identity = host.identity { try IdentityFile.check(identity) }
        guard let fingerprint = host.fingerprint else {
            return try await body(
                SSHWay(host: host, program: program, configuration: configuration, keys: nil, elapse: elapse))
        }
        let scan = HostKeyScan(host: host, program: program, configuration: configuration)
        let keys = try TemporaryKeys(try await scan.key(fingerprint), in: temporaryFolder)
        defer { keys.remove() }
        return try await body(
            SSHWay(host: host, program: program, configuration: configuration, keys: keys.path, elapse: elapse))
    }

    /// Ends a script that exceeded its time limit; the failure says whether that worked.
    private func timedOut(_ name: String, after limit: Duration, _ way: SSHWay) async -> ShellFailure {
        // In an unstructured task, so that a cancelled run also ends its script.
        let ended = await Task { await beside(way, .kill(name)) }.value == .done
        return ShellFailure(
            .timedOut,
            "the script on '\(way.host.description)' did not end within \(limit), and "
                + (ended ? "sprun ended it" : "sprun could not end it: it may still run"),
            hint: ended
                ? "pass a longer timeout: timeout = …" : "check the host for processes in ~/.sprun/steps/\(name)",
            delivery: ended ? .rejected : .ambiguous)
    }

    private func beside(_ way: SSHWay, _ request: RunnerRequest) async -> RunnerEvent? {
        let verdict = try? await limited(SecureShellLimits.besideTime) { () throws(ShellFailure) in
            try await way.converse(RunnerConversation(), isRepeatable: false) { _ in request }
        }
        return verdict ?? nil
    }

    private static func result(
        _ verdict: RunnerEvent, _ conversation: RunnerConversation, _ host: ShellHost
    ) async throws(ShellFailure) -> ShellResult {
        let name = "'\(host.description)'"
        switch verdict {
        case .ended(let status, let outputSize, let errorSize):
            let (output, error) = await (conversation.output, conversation.error)
            return ShellResult(
                status: status, output: output, error: error,
                dropped: max(0, outputSize - output.count) + max(0, errorSize - error.count),
                wasBegun: await conversation.wasBegun ?? false)
        case .killed:
            throw ShellFailure(
                .timedOut, "an earlier run ended the script on \(name) because its timeout passed", delivery: .rejected)
        case .unknown:
            throw ShellFailure(
                .unknown, "the script on \(name) started, but left no exit status; the machine may have restarted",
                hint: "check on the host what the script has changed", delivery: .ambiguous)
        case .refused(let text): throw ShellFailure(.failed, "\(name): \(text)", delivery: .notSent)
        default: throw garbled(host)
        }
    }

    private static func garbled(_ host: ShellHost) -> ShellFailure {
        ShellFailure(
            .failed, "'\(host.description)' sent unexpected output",
            hint: "the startup files of the login shell must not print anything", delivery: .ambiguous)
    }

    /// Returns the result of `body`; `nil` if the time limit passes first.
    private func limited<Value: Sendable>(
        _ limit: Duration, _ body: @escaping @Sendable () async throws(ShellFailure) -> Value
    ) async throws(ShellFailure) -> Value? {
        do {
            return try await withThrowingTaskGroup(of: Value?.self) { group in
                group.addTask { try await body() }
                group.addTask {
                    try await elapse(limit)
                    return nil
                }
                defer { group.cancelAll() }
                return try await group.next() ?? nil
            }
        } catch let failure as ShellFailure {
            throw failure
        } catch {
            throw ShellFailure(.cancelled, "the operation was cancelled", delivery: .ambiguous)
        }
    }
}
