internal import RecipeEngine

/// The state of a script or another request across all connections made for it.
actor RunnerConversation {
    /// The final event; `nil` until a runner has sent it.
    private(set) var verdict: RunnerEvent?
    /// Whether a runner has greeted on the latest connection.
    private(set) var isGreeted = false
    /// Whether the runner's first reply said that the script had already started; `nil` before that reply.
    private(set) var wasBegun: Bool?
    private(set) var output: [UInt8] = []
    private(set) var error: [UInt8] = []
    private var reader = RunnerReader()
    private var lines: [ShellLine.Stream: LineCutter] = [.output: LineCutter(), .error: LineCutter()]
    private let progress: @Sendable (ShellLine) async -> Void

    init(progress: @escaping @Sendable (ShellLine) async -> Void = { _ in }) { self.progress = progress }

    /// The number of bytes of output and of error output kept so far.
    var received: (output: Int, error: Int) { (output.count, error.count) }

    /// Prepares for the output of a new connection.
    func begin() {
        reader = RunnerReader()
        isGreeted = false
    }

    /// Processes a piece of the runner's output.
    ///
    /// - Returns: False if the output does not follow the protocol; the caller then ends ssh.
    func take(_ piece: [UInt8]) async -> Bool {
        for event in reader.read(piece) {
            switch event {
            case .greeted: isGreeted = true
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
