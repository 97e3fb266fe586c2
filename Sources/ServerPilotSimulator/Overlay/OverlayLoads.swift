/// The state of the reads from the live account: finished reads, reads in progress, and their waiters.
struct OverlayLoads {
    /// The next step of a caller that needs a reply.
    enum Turn { case loaded, asking, mine }

    private var loaded: Set<String> = []
    private var waiters: [String: [CheckedContinuation<Void, Never>]] = [:]

    /// Whether the copy contains the reply to a question.
    func isLoaded(_ question: String) -> Bool { loaded.contains(question) }

    /// Starts a read, unless it is finished or in progress.
    mutating func begin(_ question: String) -> Turn {
        if loaded.contains(question) { return .loaded }
        guard waiters[question] == nil else { return .asking }
        waiters[question] = []
        return .mine
    }

    /// Adds a waiter to a read in progress.
    ///
    /// - Returns: Whether the read is still in progress.
    mutating func wait(_ waiter: CheckedContinuation<Void, Never>, for question: String) -> Bool {
        waiters[question]?.append(waiter) != nil
    }

    /// Ends a read.
    ///
    /// - Returns: The waiters, in the order in which they must be resumed.
    mutating func end(_ question: String, isLoaded: Bool) -> [CheckedContinuation<Void, Never>] {
        if isLoaded { loaded.insert(question) }
        return waiters.removeValue(forKey: question) ?? []
    }
}
