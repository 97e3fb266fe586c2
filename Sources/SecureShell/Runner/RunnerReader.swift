internal import RecipeEngine

/// A parser of the output of a runner, which arrives in pieces of any size.
///
/// The host can write text before the greeting, for example from its shell's startup files; the reader skips it.
struct RunnerReader {
    private enum State {
        case preamble
        case line
        case bytes(ShellLine.Stream, left: Int)
        case garbled
    }

    private static let greeting = Array("sprun-runner 1".utf8)

    private var state = State.preamble
    private var line: [UInt8] = []
    private var preamble = 0

    /// Returns the events that a piece of the output completes.
    mutating func read(_ piece: some Sequence<UInt8>) -> [RunnerEvent] {
        var events: [RunnerEvent] = []
        var bytes = Array(piece)[...]
        while !bytes.isEmpty {
            switch state {
            case .garbled: return events
            case .bytes(let stream, let left):
                let part = bytes.prefix(left)
                bytes = bytes.dropFirst(left)
                events.append(.wrote(stream, Array(part)))
                state = part.count == left ? .line : .bytes(stream, left: left - part.count)
            case .preamble, .line:
                let part = bytes.prefix { $0 != 0x0A }
                line += part
                bytes = bytes.dropFirst(part.count)
                if bytes.popFirst() != nil {
                    if let event = endLine() { events.append(event) }
                } else if line.count > SecureShellLimits.largestPreamble {
                    events.append(garble())
                }
            }
        }
        return events
    }

    private mutating func garble() -> RunnerEvent {
        state = .garbled
        return .garbled
    }

    private mutating func endLine() -> RunnerEvent? {
        defer { line = [] }
        if case .preamble = state {
            preamble += line.count + 1
            if line == Self.greeting {
                state = .line
                return .greeted
            }
            return preamble > SecureShellLimits.largestPreamble ? garble() : nil
        }
        guard line.count <= SecureShellLimits.longestLine else { return garble() }
        let text = String(decoding: line, as: UTF8.self)
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        switch (words[0], words.count) {
        case ("o", 2): return begin(.output, words[1])
        case ("e", 2): return begin(.error, words[1])
        case ("h", 1): return .running
        case ("s", 2): return .begun(before: words[1] == "old")
        case ("x", 4): return end(words)
        case ("k", 1): return .done
        case ("n", 1): return .notEnded
        case ("u", 1): return .unknown
        case ("c", 2): return .copied(isNew: words[1] == "new")
        case ("f", 2...): return .refused(String(text.dropFirst(2)))
        default: return garble()
        }
    }

    private mutating func begin(_ stream: ShellLine.Stream, _ size: Substring) -> RunnerEvent? {
        guard let size = Int(size), (1...SecureShellLimits.keptOutput).contains(size) else { return garble() }
        state = .bytes(stream, left: size)
        return nil
    }

    private mutating func end(_ words: [Substring]) -> RunnerEvent {
        if words[1] == "killed" { return .killed }
        guard let status = Int(words[1]), let output = Int(words[2]), let error = Int(words[3]),
            (0...255).contains(status), output >= 0, error >= 0
        else { return garble() }
        return .ended(status: status, output: output, error: error)
    }
}
