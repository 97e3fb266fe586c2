internal import Groundwork
public import RecipeEngine
internal import Synchronization

/// Other hosts whose results a closure makes: the hosts behind a recipe's `ssh` calls.
///
/// As on a real host, a script with a marker starts only once. Later runs with the same marker get the same result.
///
/// ```swift
/// let recipe = #"ssh.run{ host = "192.0.2.7", user = "root", script = "apt-get update" }"#
/// let shell = ScriptedShell { script, _ in (.success(ShellResult(status: 0)), ["installed"]) }
/// let report = await RecipeStage().run(recipe, surroundings: shell.surroundings())
/// #expect(shell.scripts.count == 1)
/// ```
public final class ScriptedShell: RemoteShell {
    /// The end of a script, or the reason why it did not run.
    public typealias Answer = Result<ShellResult, ShellFailure>

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

    /// Creates hosts.
    ///
    /// - Parameters:
    ///   - answer: Gets the script and its input; returns its end and its lines of output. By default every script
    ///     exits with status 0 and prints nothing.
    ///   - failures: Gets the number of a connection, from 1; returns the reason why it fails, or `nil`. By default no
    ///     connection fails.
    public init(
        answer: @escaping @Sendable (_ script: String, _ input: String) -> (Answer, [String]) = { _, _ in
            (.success(ShellResult(status: 0)), [])
        },
        failures: @escaping @Sendable (_ connection: Int) -> ShellFailure? = { _ in nil }
    ) {
        self.failures = failures
        self.answer = answer
    }

    /// The scripts that started, in order.
    public var scripts: [String] { state.withLock { $0.scripts } }
    /// The number of connections, failed ones included.
    public var connections: Int { state.withLock { $0.connections } }
    /// The markers that the run has removed, in order.
    public var forgotten: [String] { state.withLock { $0.forgotten } }
    /// The markers of the scripts that started, sorted.
    public var markers: [String] { state.withLock { $0.begun.keys.sorted() } }
    /// The contents of the copied files, by path.
    public var files: [String: String] { state.withLock { $0.files } }

    /// Runs a script, or returns the result of the script that started with the same marker.
    ///
    /// - Throws: `ShellFailure` of the connection or of the closure.
    public func run(
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

    /// Stores a file; returns whether its content is new.
    ///
    /// - Throws: `ShellFailure` of the connection.
    public func copy(_ file: ShellFile, to host: ShellHost) async throws(ShellFailure) -> Bool {
        if let failure = connect() { throw failure }
        let text = String(decoding: file.content.reveal(), as: UTF8.self)
        return state.withLock { $0.files.updateValue(text, forKey: file.path) != text }
    }

    /// Records that the run has removed a marker.
    public func forget(_ marker: String, on host: ShellHost) async { state.withLock { $0.forgotten.append(marker) } }

    private func connect() -> ShellFailure? {
        failures(
            state.withLock { state in
                state.connections += 1
                return state.connections
            })
    }

    /// Returns the surroundings of a run with these hosts.
    ///
    /// - Parameters:
    ///   - outside: Whether `ssh` calls are real or use declared replies; real by default.
    ///   - files: The local files that the recipe can read; none by default.
    /// - Returns: The surroundings.
    public func surroundings(
        outside: OutsideWorld = .real, files: (any LocalFiles)? = nil
    ) -> RecipeSurroundings {
        RecipeSurroundings(program: RecipeStage.program, shell: self, files: files, outside: outside)
    }
}
