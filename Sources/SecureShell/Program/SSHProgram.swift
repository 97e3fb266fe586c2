internal import Groundwork
internal import RecipeEngine
internal import ServerPilot
internal import Subprocess
internal import SystemPackage

/// The system's `ssh` and its companion programs, run so that they cannot ask questions and can be killed.
struct SSHProgram: Sendable {
    let environment: [String: String]

    /// The end of a program.
    struct Finished: Sendable {
        /// The exit status; 128 plus the signal's number if a signal ended the program.
        let status: Int
        /// The last bytes of its standard error, up to `SecureShellLimits.keptMessage`.
        let said: String
    }

    /// Runs a program, writes its standard input, and passes on its standard output as it arrives.
    ///
    /// - Parameters:
    ///   - name: The program's name in `PATH`.
    ///   - arguments: The arguments; the only data of the recipe in them is the host.
    ///   - input: The program's standard input.
    ///   - take: Receives each piece of standard output; returns false to kill the program.
    /// - Returns: How the program ended.
    /// - Throws: `ShellFailure`: `missing`, `failed`, `cancelled`.
    func run(
        _ name: String, _ arguments: [String], input: [UInt8] = [],
        take: @escaping @Sendable ([UInt8]) async -> Bool
    ) async throws(ShellFailure) -> Finished {
        // In a separate session, no child process can ask questions on a terminal, and a single signal ends them all.
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

    /// Ignores write errors: if the program ends before it reads all input, its status and message say why.
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
            // The bytes read so far are enough.
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func failure(_ error: SubprocessError, _ name: String) -> ShellFailure {
        error.code == .executableNotFound
            ? ShellFailure(
                .missing, "'\(name)' is not installed",
                hint: "install the OpenSSH client, or add it to PATH")
            : ShellFailure(.failed, "'\(name)' could not be run: \(error)")
    }
}
