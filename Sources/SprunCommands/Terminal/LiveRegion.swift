internal import Synchronization

/// The lines at the bottom of a terminal that are redrawn; other text is written above them.
final class LiveRegion: Sendable {
    private struct State {
        /// The number of lines on the terminal.
        var drawn = 0
        /// Whether the user is being asked, so that nothing may be drawn.
        var isPaused = false
    }

    private let stream: Stream
    private let state = Mutex(State())

    /// Creates a region without lines on a stream that is a terminal.
    init(on stream: Stream) { self.stream = stream }

    /// Replaces the lines; no line may be wider than the terminal.
    func draw(_ lines: [String]) {
        state.withLock { state in
            guard !state.isPaused, !lines.isEmpty || state.drawn > 0 else { return }
            stream.write(Self.erasing(state.drawn) + lines.joined(separator: "\n"))
            state.drawn = lines.count
        }
    }

    /// Removes the lines, then writes other text; the next `draw` shows the lines again.
    func above(_ write: () -> Void) {
        state.withLock { state in
            erase(&state)
            write()
        }
    }

    /// Removes the lines, and keeps them away until `body` has returned.
    func paused<Value>(_ body: () -> Value) -> Value {
        state.withLock { state in
            erase(&state)
            state.isPaused = true
        }
        defer { state.withLock { $0.isPaused = false } }
        return body()
    }

    private func erase(_ state: inout State) {
        guard state.drawn > 0 else { return }
        stream.write(Self.erasing(state.drawn))
        state.drawn = 0
    }

    /// Returns the escape sequences that remove lines; the cursor stands in the last of them.
    private static func erasing(_ lines: Int) -> String {
        switch lines {
        case 0: ""
        case 1: "\r\u{1B}[K"
        default: "\r\u{1B}[\(lines - 1)A\u{1B}[J"
        }
    }
}
