/// Which questions to the live account were asked, are being asked, and who waits for their answers.
struct OverlayLoads {
    /// What whoever needs an answer has to do.
    enum Turn { case loaded, asking, mine }

    private var loaded: Set<String> = []
    private var waiters: [String: [CheckedContinuation<Void, Never>]] = [:]

    /// Whether the answer to a question is in the copy.
    func isLoaded(_ question: String) -> Bool { loaded.contains(question) }

    /// Begins to ask, where nobody has.
    mutating func begin(_ question: String) -> Turn {
        if loaded.contains(question) { return .loaded }
        guard waiters[question] == nil else { return .asking }
        waiters[question] = []
        return .mine
    }

    /// Puts a waiter behind whoever asks.
    ///
    /// - Returns: whether somebody still asks.
    mutating func wait(_ waiter: CheckedContinuation<Void, Never>, for question: String) -> Bool {
        waiters[question]?.append(waiter) != nil
    }

    /// Ends the asking.
    ///
    /// - Returns: those who waited, to be resumed in their order.
    mutating func end(_ question: String, isLoaded: Bool) -> [CheckedContinuation<Void, Never>] {
        if isLoaded { loaded.insert(question) }
        return waiters.removeValue(forKey: question) ?? []
    }
}
