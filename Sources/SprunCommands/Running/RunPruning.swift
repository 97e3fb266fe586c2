internal import DurableSteps
internal import Groundwork
internal import RecipeEngine
internal import ServerPilotClient

/// The deletion of runs from the journal, without losing secrets that exist nowhere else.
struct RunPruning {
    let console: Console
    let journal: Journal
    /// Whether to also delete runs that could be resumed, and runs with secrets that were never shown.
    let includesAll: Bool
    /// Whether to skip the question.
    let isConfirmed: Bool

    /// Deletes finished runs whose last entry is older than `age`, and says which it kept and why.
    ///
    /// - Returns: The deleted runs.
    /// - Throws: `CommandFailure`: `unconfirmed`, `declined`; `JournalError`.
    func forget(_ runs: [ListedRun], olderThan age: Duration) async throws -> [ListedRun] {
        let now = SystemClock().now
        let old = runs.filter { (includesAll || !$0.overview.status.isOpen) && now - $0.overview.updated >= age }
        let wanted = includesAll ? old : try await withoutUnshown(old)
        guard !wanted.isEmpty else { return [] }
        try confirm(wanted)
        var forgotten: [ListedRun] = []
        for run in wanted {
            // A finished run needs no lock: no process resumes it. A lock that fails counts as held.
            let isOpen = run.overview.status.isOpen
            let lock = isOpen ? try? journal.lock(run.header.account) : nil
            defer { withExtendedLifetime(lock) {} }
            guard !isOpen || lock != nil else {
                console.warn("\(run.header.id) is kept: another process is changing \(run.header.accountName)")
                continue
            }
            try await journal.store.remove(run.header.id)
            forgotten.append(run)
        }
        return forgotten
    }

    private func withoutUnshown(_ runs: [ListedRun]) async throws -> [ListedRun] {
        var wanted: [ListedRun] = []
        for run in runs {
            let entries = try await journal.store.entries(of: run.header.id)
            guard entries.secretsInUse.isEmpty || entries.secretsWereShown else {
                console.note(
                    "\(run.header.id) is kept: its generated secrets were never shown; "
                        + "sprun show \(run.header.id) --reveal")
                continue
            }
            wanted.append(run)
        }
        return wanted
    }

    private func confirm(_ runs: [ListedRun]) throws {
        let count = RunList.count(runs.count)
        if !isConfirmed, console.inputIsTerminal {
            for line in RunList.table(runs, since: SystemClock().now, on: console.errorPage) { console.note(line) }
        }
        try Question(console: console).confirm(
            "Delete \(count)?", isConfirmed: isConfirmed, declined: "no run was deleted",
            unasked: "\(count) would be deleted")
    }
}
