import RecipeEngine

/// The lines of progress, for those who wait for one.
actor Lines {
    private(set) var all: [ShellLine] = []
    private var waiting: [(text: String, continuation: CheckedContinuation<Void, Never>)] = []

    func append(_ line: ShellLine) {
        all.append(line)
        for waiter in waiting where waiter.text == line.text { waiter.continuation.resume() }
        waiting.removeAll { $0.text == line.text }
    }

    /// Waits until a line has come.
    func contains(_ text: String) async {
        if all.contains(where: { $0.text == text }) { return }
        await withCheckedContinuation { waiting.append((text, $0)) }
    }
}
