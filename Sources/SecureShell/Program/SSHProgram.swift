internal import RecipeEngine
internal import ServerPilot
internal import Subprocess
internal import SystemPackage

/// The system's `ssh` and what comes with it, run so that it can neither ask nor hang.
struct SSHProgram: Sendable {
    let environment: [String: String]

    /// A program's end.
    struct Finished: Sendable {
        /// Its exit status; 128 and more where a signal ended it.
        let status: Int
        /// What it said on standard error, from the end.
        let said: String
    }

    /// Runs a program, gives it its input, and what it writes as it comes.
    ///
    /// - Parameters:
    ///   - name: its name in the `PATH`.
    ///   - arguments: with nothing of the recipe's but where to go.
    ///   - input: what it reads.
    ///   - take: gets each piece of what it writes; `false` ends it.
    /// - Returns: how it ended.
    /// - Throws: `ShellFailure`: `missing`, `failed`, `cancelled`.
    func run(
        _ name: String, _ arguments: [String], input: [UInt8] = [],
        take: @escaping @Sendable ([UInt8]) async -> Bool
    ) async throws(ShellFailure) -> Finished {
        // A session of its own: without a terminal nothing that it starts can ask, and all of it is ended together.
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
        let variables = Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(rawValue: $0) ?? "", $1) })
        do {
            let result = try await Subprocess.run(
                .name(name), arguments: Arguments(arguments), environment: .custom(variables), platformOptions: options,
                input: .inputWriter, output: .sequence, error: .sequence
            ) { execution in
                async let said = Self.last(of: execution.standardError)
                async let written: Void = Self.write(input, to: execution.standardInputWriter)
                for try await piece in execution.standardOutput {
                    guard await take(piece.withUnsafeBytes { Array($0) }) else {
                        try? execution.send(signal: .kill, toProcessGroup: true)
                        break
                    }
                }
                await written
                return await said
            }
            try Task.checkCancellation()
            let status =
                switch result.terminationStatus {
                case .exited(let code): Int(code)
                case .signaled(let signal): 128 + Int(signal)
                }
            return Finished(status: status, said: result.closureResult)
        } catch let error as SubprocessError {
            if Task.isCancelled { throw ShellFailure(.cancelled, "'\(name)' was cancelled", delivery: .ambiguous) }
            throw Self.failure(error, name)
        } catch {
            throw ShellFailure(.cancelled, "'\(name)' was cancelled", delivery: .ambiguous)
        }
    }

    /// One that ends before it has read everything is no failure: its status and its words say why.
    private static func write(_ bytes: [UInt8], to writer: StandardInputWriter) async {
        if !bytes.isEmpty { _ = try? await writer.write(bytes) }
        try? await writer.finish()
    }

    private static func last(of stream: SubprocessOutputSequence) async -> String {
        var bytes: [UInt8] = []
        do {
            for try await piece in stream {
                bytes += piece.withUnsafeBytes { Array($0) }
                bytes = bytes.suffix(SecureShellLimits.keptMessage)
            }
        } catch {
            // What was said by then is enough.
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func failure(_ error: SubprocessError, _ name: String) -> ShellFailure {
        error.code == .executableNotFound
            ? ShellFailure(
                .missing, "there is no '\(name)' to reach servers with",
                hint: "install OpenSSH's client, or add it to PATH")
            : ShellFailure(.failed, "'\(name)' could not be run: \(error)")
    }
}
