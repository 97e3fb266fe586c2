import Groundwork
import RecipeEngine
import ServerPilot
import Synchronization

/// Other hosts as closures: a script with a marker is begun once, as on a real one.
final class ScriptedShell: RemoteShell {
    typealias Answer = Result<ShellResult, ShellFailure>

    private struct State {
        var begun: [String: Answer] = [:]
        var scripts: [String] = []
        var connections = 0
        var forgotten: [String] = []
        var files: [String: String] = [:]
    }

    private let state = Mutex(State())
    private let failures: @Sendable (_ connection: Int) -> ShellFailure?
    private let answer: @Sendable (_ script: String, _ input: String) -> (Answer, [String])

    /// - Parameters:
    ///   - answer: gets the script and its input; gives its end and its lines.
    ///   - failures: why the connection of that number, from 1, comes to nothing; `nil` where it does.
    init(
        answer: @escaping @Sendable (_ script: String, _ input: String) -> (Answer, [String]) = { _, _ in
            (.success(ShellResult(status: 0)), [])
        },
        failures: @escaping @Sendable (_ connection: Int) -> ShellFailure? = { _ in nil }
    ) {
        self.failures = failures
        self.answer = answer
    }

    /// What was begun, in order.
    var scripts: [String] { state.withLock { $0.scripts } }
    var connections: Int { state.withLock { $0.connections } }
    var forgotten: [String] { state.withLock { $0.forgotten } }
    var markers: [String] { state.withLock { $0.begun.keys.sorted() } }
    var files: [String: String] { state.withLock { $0.files } }

    func run(
        _ script: ShellScript, on host: ShellHost, progress: @escaping @Sendable (ShellLine) async -> Void
    ) async throws(ShellFailure) -> ShellResult {
        if let failure = connect() { throw failure }
        let input = String(decoding: script.input.reveal(), as: UTF8.self)
        if let marker = script.marker, let before = state.withLock({ $0.begun[marker] }) { return try before.get() }
        let (answer, lines) = answer(script.text.reveal(), input)
        state.withLock { state in
            state.scripts.append(script.text.reveal())
            if let marker = script.marker { state.begun[marker] = answer }
        }
        for line in lines { await progress(ShellLine(.output, line)) }
        return try answer.get()
    }

    func copy(_ file: ShellFile, to host: ShellHost) async throws(ShellFailure) -> Bool {
        if let failure = connect() { throw failure }
        let text = String(decoding: file.content.reveal(), as: UTF8.self)
        return state.withLock { $0.files.updateValue(text, forKey: file.path) != text }
    }

    func forget(_ marker: String, on host: ShellHost) async { state.withLock { $0.forgotten.append(marker) } }

    private func connect() -> ShellFailure? {
        failures(
            state.withLock { state in
                state.connections += 1
                return state.connections
            })
    }

    /// Surroundings with this shell.
    func surroundings(
        _ fate: Fate? = nil, outside: OutsideWorld = .real, files: (any LocalFiles)? = nil
    ) -> RecipeSurroundings {
        RecipeSurroundings(
            program: "0.1.0", shell: fate.map { MortalShell(base: self, fate: $0) } ?? self, files: files,
            outside: outside)
    }
}

/// The shell of a process that dies: before a script, or after it was begun.
private struct MortalShell: RemoteShell {
    let base: ScriptedShell
    let fate: Fate

    private static let dead = ShellFailure(.connectionLost, "the process is dead", delivery: .ambiguous)

    func run(
        _ script: ShellScript, on host: ShellHost, progress: @escaping @Sendable (ShellLine) async -> Void
    ) async throws(ShellFailure) -> ShellResult {
        guard fate.survives() else { throw Self.dead }
        let result = try await base.run(script, on: host, progress: progress)
        guard fate.survives() else { throw Self.dead }
        return result
    }

    func copy(_ file: ShellFile, to host: ShellHost) async throws(ShellFailure) -> Bool {
        guard fate.survives() else { throw Self.dead }
        let isNew = try await base.copy(file, to: host)
        guard fate.survives() else { throw Self.dead }
        return isNew
    }

    func forget(_ marker: String, on host: ShellHost) async { await base.forget(marker, on: host) }
}
