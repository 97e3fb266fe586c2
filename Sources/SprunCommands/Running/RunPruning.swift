internal import DurableSteps
internal import Groundwork
internal import RecipeEngine
internal import RunJournal
internal import ServerPilotClient

/// The deletion of runs from the journal, without losing secrets that exist nowhere else.
struct RunPruning {
    let console: Console
    let paths: Paths
    let store: SQLiteRunStore

    /// Deletes finished runs, and says which it kept and why.
    ///
    /// - Parameters:
    ///   - runs: The runs of the journal.
    ///   - all: Whether to also delete runs that could be resumed, and runs with secrets that were never shown.
    ///   - age: The minimum time since the last entry of a run.
    ///   - isConfirmed: Whether to skip the question.
    /// - Returns: The deleted runs.
    /// - Throws: `CommandFailure`: `unconfirmed`, `declined`, or a failure of the journal.
    func forget(
        _ runs: [RunOverview], all: Bool, olderThan age: Duration, isConfirmed: Bool
    ) async throws -> [RunOverview] {
        let now = SystemClock().now
        let old = runs.filter { (all || !$0.status.isOpen) && now - $0.updated >= age }
        let wanted: [RunOverview]
        do throws(JournalError) { wanted = all ? old : try await withoutUnshown(old) } catch {
            throw CommandFailure(error)
        }
        guard !wanted.isEmpty else { return [] }
        try confirm(wanted, isConfirmed: isConfirmed)
        var forgotten: [RunOverview] = []
        for run in wanted {
            // A finished run needs no lock: no process resumes it.
            let hold = !run.status.isOpen ? nil : RunHold(run, paths)
            defer { withExtendedLifetime(hold) {} }
            guard !run.status.isOpen || hold != nil else {
                console.warn("\(run.header.id) is kept: another process makes changes to \(run.header.accountName)")
                continue
            }
            do throws(JournalError) { try await store.remove(run.header.id) } catch { throw CommandFailure(error) }
            forgotten.append(run)
        }
        return forgotten
    }

    private func withoutUnshown(_ runs: [RunOverview]) async throws(JournalError) -> [RunOverview] {
        var wanted: [RunOverview] = []
        for run in runs {
            let entries = try await store.entries(of: run.header.id)
            guard entries.secretsInUse.isEmpty || entries.secretsWereShown else {
                console.note(
                    "\(run.header.id) is kept: it generated secrets that nobody was shown; "
                        + "sprun show \(run.header.id) --reveal")
                continue
            }
            wanted.append(run)
        }
        return wanted
    }

    private func confirm(_ runs: [RunOverview], isConfirmed: Bool) throws {
        guard !isConfirmed else { return }
        let count = runs.count == 1 ? "1 run" : "\(runs.count) runs"
        if console.inputIsTerminal {
            for run in runs { console.note(RunsCommand.line(run, console.errorStyle)) }
        }
        switch Question(console: console).ask("Forget \(count)?") {
        case .yes: return
        case .no: throw CommandFailure("declined", "nothing was forgotten")
        case .nobody:
            throw CommandFailure(
                "unconfirmed", "\(count) would be forgotten, and standard input is not a terminal",
                hint: "add --yes")
        }
    }
}
