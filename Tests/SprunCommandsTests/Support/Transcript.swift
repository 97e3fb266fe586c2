/// What a program has written to one of its streams so far, and a place to wait for more.
actor Transcript {
    private var bytes: [UInt8] = []
    private var hasEnded = false
    private var waiting: [(text: String, continuation: CheckedContinuation<Void, any Error>)] = []

    /// Everything so far.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Adds what the program wrote.
    func append(_ piece: [UInt8]) {
        bytes += piece
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
        waiting = []
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
