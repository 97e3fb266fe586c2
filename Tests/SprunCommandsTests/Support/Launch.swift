import Subprocess
import SystemPackage

/// How a program is started.
struct Launch: Sendable {
    /// Its path or name.
    let program: String
    let arguments: [String]
    /// All of its environment: nothing is inherited.
    let environment: [String: String]
    /// Where it works.
    let folder: String
    /// Whose folder that is, which goes away with them.
    var user: User?
    /// It is killed after that long, so that no test hangs.
    var limit: Duration = .seconds(240)

    /// Programs that compete for the processor at a time; more would make time limits a matter of luck.
    private static let places = Places(4)

    /// Runs it to its end.
    func run(input: String = "") async throws -> Finished {
        try await Self.places.take()
        do {
            let finished = try await run { program in
                await program.write(input)
                await program.endInput()
            }
            await Self.places.leave()
            return finished.program
        } catch {
            await Self.places.leave()
            throw error
        }
    }

    /// Starts it, does something while it runs, and waits for its end.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable (RunningProgram) async throws -> Value
    ) async throws -> (program: Finished, value: Value) {
        try await withThrowingTaskGroup(of: (program: Finished, value: Value).self) { group in
            group.addTask { try await runWithoutLimit(body) }
            group.addTask {
                try await Task.sleep(for: limit)
                throw TooLong(description: "\(program) \(arguments) has not ended in \(limit)")
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }

    private func runWithoutLimit<Value: Sendable>(
        _ body: @escaping @Sendable (RunningProgram) async throws -> Value
    ) async throws -> (program: Finished, value: Value) {
        var options = PlatformOptions()
        // What it has started in its turn ends with it.
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
        ]
        let result = try await Subprocess.run(
            program.contains("/") ? .path(FilePath(program)) : .name(program), arguments: Arguments(arguments),
            environment: .custom(Dictionary(uniqueKeysWithValues: environment.map { (.init(stringLiteral: $0), $1) })),
            workingDirectory: FilePath(folder), platformOptions: options, input: .inputWriter, output: .sequence,
            error: .sequence
        ) { execution in
            let program = RunningProgram(execution)
            async let output: Void = Self.copy(execution.standardOutput, to: program.output)
            async let error: Void = Self.copy(execution.standardError, to: program.error)
            let value: Value
            do {
                value = try await body(program)
            } catch {
                try? execution.send(signal: .kill, toProcessGroup: true)
                throw error
            }
            await program.endInput()
            _ = try await (output, error)
            return (value, await program.output.text, await program.error.text)
        }
        let (value, output, error) = result.closureResult
        return (Finished(status: result.terminationStatus, output: output, error: error), value)
    }

    private static func copy(_ stream: SubprocessOutputSequence, to transcript: Transcript) async throws {
        do {
            for try await piece in stream {
                await transcript.append(piece.withUnsafeBytes { Array($0) })
            }
        } catch {
            await transcript.end()
            throw error
        }
        await transcript.end()
    }

    /// A program did not end.
    struct TooLong: Error, CustomStringConvertible {
        let description: String
    }
}
