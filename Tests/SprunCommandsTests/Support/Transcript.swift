/// What a program has written to one of its streams so far, and a place to wait for more.
actor Transcript {
    private var bytes: [UInt8] = []
    private var hasEnded = false
    private var waiting: [(text: String, continuation: CheckedContinuation<Void, any Error>)] = []
    private var waitingForLines: [(count: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    private var lines = 0

    /// Everything so far.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Adds what the program wrote.
    func append(_ piece: [UInt8]) {
        bytes += piece
        lines += piece.count { $0 == UInt8(ascii: "\n") }
        waitingForLines.removeAll { wait in
            guard wait.count <= lines else { return false }
            wait.continuation.resume()
            return true
        }
        guard !waiting.isEmpty else { return }
        let text = text
        waiting.removeAll { wait in
            guard text.contains(wait.text) else { return false }
            wait.continuation.resume()
            return true
        }
    }

    /// The program has closed the stream.
    func end() {
        hasEnded = true
        for wait in waiting { wait.continuation.resume(throwing: NeverSaid(text: wait.text, said: text)) }
        for wait in waitingForLines {
            wait.continuation.resume(throwing: NeverSaid(text: "\(wait.count) lines", said: text))
        }
        waiting = []
        waitingForLines = []
    }

    /// Returns once the program has written so many lines.
    ///
    /// - Throws: `NeverSaid` when it closes the stream before.
    func contains(lines count: Int) async throws {
        if lines >= count { return }
        if hasEnded { throw NeverSaid(text: "\(count) lines", said: text) }
        try await withCheckedThrowingContinuation { waitingForLines.append((count, $0)) }
    }

    /// Returns once the program has written a text.
    ///
    /// - Throws: `NeverSaid` when it closes the stream without.
    func contains(_ text: String) async throws {
        if self.text.contains(text) { return }
        if hasEnded { throw NeverSaid(text: text, said: self.text) }
        try await withCheckedThrowingContinuation { waiting.append((text, $0)) }
    }

    /// A program ended without writing what was waited for.
    struct NeverSaid: Error, CustomStringConvertible {
        let text: String
        let said: String

        var description: String { "'\(text)' was never said, but: \(said)" }
    }
}
