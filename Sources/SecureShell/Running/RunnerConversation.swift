internal import RecipeEngine

/// What is known of a script, over all connections that were made for it.
actor RunnerConversation {
    /// How it came to an end, where a runner has said so.
    private(set) var verdict: RunnerEvent?
    /// Whether a runner has greeted, on any connection.
    private(set) var wasGreeted = false
    /// Whether a runner has greeted on the last connection.
    private(set) var isGreeted = false
    /// Whether the script had been begun before the first connection.
    private(set) var wasBegun: Bool?
    private(set) var output: [UInt8] = []
    private(set) var error: [UInt8] = []
    private var reader = RunnerReader()
    private var lines: [ShellLine.Stream: LineCutter] = [.output: LineCutter(), .error: LineCutter()]
    private let progress: @Sendable (ShellLine) async -> Void

    init(progress: @escaping @Sendable (ShellLine) async -> Void = { _ in }) { self.progress = progress }

    /// How many bytes of output and of error output have come.
    var received: (output: Int, error: Int) { (output.count, error.count) }

    /// A new connection is made.
    func begin() {
        reader = RunnerReader()
        isGreeted = false
    }

    /// Takes a piece of what the runner says.
    ///
    /// - Returns: whether more may come.
    func take(_ piece: [UInt8]) async -> Bool {
        for event in reader.read(piece) {
            switch event {
            case .greeted: (wasGreeted, isGreeted) = (true, true)
            case .begun(let before): wasBegun = wasBegun ?? before
            case .running: break
            case .wrote(let stream, let bytes): await note(bytes, stream)
            default: verdict = verdict ?? event
            }
        }
        if verdict != nil { await endLines() }
        return verdict != .garbled
    }

    private func note(_ bytes: [UInt8], _ stream: ShellLine.Stream) async {
        let kept = stream == .output ? output.count : error.count
        let part = bytes.prefix(SecureShellLimits.keptOutput - kept)
        if stream == .output { output += part } else { error += part }
        for line in lines[stream]?.cut(bytes) ?? [] { await progress(ShellLine(stream, line)) }
    }

    private func endLines() async {
        for stream in [ShellLine.Stream.output, .error] {
            if let line = lines[stream]?.end() { await progress(ShellLine(stream, line)) }
        }
    }
}
