internal import Groundwork

/// A writer that makes the entries of a run durable in the order in which they arrive, as a `GroupCommit`.
///
/// A replay could otherwise find a step's intent without the reads before it, and conclude that the recipe has
/// diverged.
///
/// The writer retries a batch for a while if a retry can help. A writer that failed stays failed. Otherwise a later
/// entry would be durable without the lost entries, which may include the password that its request sends.
final class EntryWriter: Sendable {
    private let entries: GroupCommit<[JournalEntry], JournalError>
    /// The entries that wait for a commit.
    let kept: KeptEntries

    /// Creates a writer.
    ///
    /// - Parameters:
    ///   - patience: the retry policy for a batch.
    ///   - isBegun: whether the store contains the run. A run that has sent nothing waits only `patience.beginning`.
    ///   - time: the clock for pauses; it is also notified of callers that wait.
    ///   - write: makes entries durable, all or none.
    init(
        patience: JournalPatience, isBegun: @escaping @Sendable () -> Bool, time: any TimeSource,
        _ write: @escaping @Sendable ([JournalEntry]) async throws(JournalError) -> Void
    ) {
        let kept = KeptEntries()
        self.kept = kept
        entries = GroupCommit(.byCallers, time: time) {
            $0 += $1
        } write: { entries throws(JournalError) in
            var failures = 0
            let start = time.steady
            // Ends after the retries that `patience` allows.
            while true {
                do throws(JournalError) {
                    try await write(entries)
                    return kept.remove(entries)
                } catch {
                    failures += 1
                    guard isBegun() || time.steady - start < patience.beginning,
                        let pause = patience.pause(after: failures, error.code)
                    else { throw error }
                    // Pause even while the run is being stopped: its changes must be recorded.
                    try? await time.sleep(for: pause)
                }
            }
        }
    }

    /// The reason why the writer stopped; `nil` while it works.
    var failure: JournalError? { entries.failure }

    /// Adds an entry that may wait for the next commit, and draws its number in the same order.
    func add(_ entry: JournalEntry, number: () -> Int?) -> Int? {
        kept.add(entry)
        return entries.add([entry], number: number)
    }

    /// Adds an entry, draws its number in the same order, and returns once it and all earlier entries are durable.
    ///
    /// - Throws: `JournalError` if it was not written; then no later entry will be written either.
    func commit(_ entry: JournalEntry, number: () -> Int?) async throws(JournalError) -> Int? {
        kept.add(entry)
        return try await entries.commit([entry], number: number)
    }

    /// Returns once all waiting entries are durable.
    ///
    /// - Throws: `JournalError`, as `commit`.
    func flush() async throws(JournalError) { try await entries.commit(nil) { nil as Int? } }
}
