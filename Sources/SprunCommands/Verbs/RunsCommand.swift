internal import ArgumentParser
internal import DurableSteps
internal import Groundwork
internal import RecipeEngine
internal import ServerPilotClient

extension RunState: WordArgument {}

/// `sprun runs`.
struct RunsCommand: ReportingVerb {
    static let configuration = CommandConfiguration.verb(
        commandName: "runs",
        abstract: "List the recorded runs, newest first.",
        usage: """
            sprun runs
            sprun runs --state failed --state interrupted --since 2d
            sprun runs --prune --older-than 30d
            """,
        discussion: """
            A run that changed nothing is not listed. running: a process works on it · interrupted: a signal or a crash \
            ended it · needs-decision: a person must decide · failed: an error ended it · done: completed · undone: \
            sprun undo deleted what it created. 'sprun resume RUN' continues all but running, done and undone runs. \
            --prune asks, then deletes the records of done and undone runs, but keeps generated secrets that were never \
            shown. With --all it deletes these too, and runs that could be resumed, but no run that another process is \
            running.
            """)

    @Option(
        name: .customLong("state"),
        help: ArgumentHelp("Only runs in this state; can be repeated.", valueName: "state"))
    var states: [RunState] = []

    @Option(help: ArgumentHelp("Only runs of this recipe.", valueName: "name"))
    var recipe: String?

    @Option(help: ArgumentHelp("Only runs that began within this time, such as 12h or 2d.", valueName: "time"))
    var since: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("At most n runs, the newest.", valueName: "n"))
    var number: Int?

    @Flag(help: "Delete the records of completed runs.")
    var prune = false

    @Flag(help: "With --prune: include resumable runs and unseen secrets.")
    var all = false

    @Flag(name: .shortAndLong, help: "With --prune: answer yes to the question.")
    var yes = false

    @Option(help: ArgumentHelp("With --prune: keep runs written more recently.", valueName: "time"))
    var olderThan: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard prune || (!all && !yes && olderThan == nil) else {
            throw ValidationError("--all, --older-than and --yes need --prune")
        }
        if let olderThan, Duration(text: olderThan) == nil {
            throw ValidationError("--older-than '\(olderThan)': write it as 12h or 30d")
        }
        if let since, Duration(text: since) == nil {
            throw ValidationError("--since '\(since)': write it as 12h or 30d")
        }
        if let number, number < 1 { throw ValidationError("--number must be at least 1") }
    }

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let journal = try workspace.journalIfExists()
        let now = SystemClock().now
        let recorded = try await journal?.listedRuns() ?? []
        var runs = selected(recorded, now)
        if prune, let journal {
            let pruning = RunPruning(console: reporter.console, journal: journal, includesAll: all, isConfirmed: yes)
            runs = try await pruning.forget(runs, olderThan: olderThan.flatMap { Duration(text: $0) } ?? .zero)
        }
        try await journal?.store.close()
        await reporter.show(RunList(runs: runs, areForgotten: prune, now: now, isFiltered: runs.count < recorded.count))
        return .done
    }

    /// Returns the runs that the options select.
    private func selected(_ runs: [ListedRun], _ now: Timestamp) -> [ListedRun] {
        let age = since.flatMap { Duration(text: $0) }
        let selected = runs.filter { run in
            (states.isEmpty || states.contains(run.state)) && (recipe.map { run.header.recipe == $0 } ?? true)
                && (age.map { now - run.header.started <= $0 } ?? true)
        }
        return Array(selected.prefix(number ?? selected.count))
    }
}
