internal import ArgumentParser
internal import DurableSteps
internal import Groundwork
internal import RecipeEngine

/// `sprun runs`.
struct RunsCommand: ReportingVerb {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List the recorded runs, newest first.",
        usage: """
            sprun runs
            sprun runs --prune --older-than 30d
            """,
        discussion: """
            done: completed · failed: ended with an error · stopped: a person must decide · unfinished: running or \
            killed · undone: deleted by sprun undo. --prune asks, then deletes the records of done and undone runs, \
            but keeps generated secrets that were never shown. With --all it deletes these too, and runs that could be \
            resumed, but no run that another process is running.
            """)

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
    }

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let journal = try workspace.journalIfExists()
        var runs = try await journal?.store.runs() ?? []
        if prune, let journal {
            let pruning = RunPruning(console: reporter.console, journal: journal, includesAll: all, isConfirmed: yes)
            runs = try await pruning.forget(runs, olderThan: olderThan.flatMap { Duration(text: $0) } ?? .zero)
        }
        try await journal?.store.close()
        await reporter.show(RunList(runs: runs, areForgotten: prune))
        return .done
    }
}
