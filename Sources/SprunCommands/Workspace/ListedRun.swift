internal import DurableSteps
internal import Groundwork

/// A run of the journal with its state.
struct ListedRun {
    let overview: RunOverview
    let state: RunState

    var header: RunHeader { overview.header }

    /// The time from its beginning to its last entry; the time between an interruption and a resume counts.
    var duration: Duration { overview.updated - header.started }
}

extension Journal {
    /// Returns all runs, newest first, with their states.
    ///
    /// A process works on one run of an account at a time: the one that it wrote last.
    ///
    /// - Throws: `JournalError`.
    func listedRuns() async throws -> [ListedRun] {
        let runs = try await store.runs()
        var newest: [String: RunOverview] = [:]
        for run in runs where run.status == .unfinished {
            if newest[run.header.account].map({ $0.updated < run.updated }) ?? true { newest[run.header.account] = run }
        }
        let running = Set(
            newest.values.filter { FileLock.isHeld(beside: lockFile($0.header.account)) }.map(\.header.id))
        return runs.map { run in
            ListedRun(overview: run, state: RunState(run.status, isRunning: running.contains(run.header.id)))
        }
    }
}
