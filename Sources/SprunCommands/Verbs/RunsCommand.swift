internal import ArgumentParser
internal import Groundwork
internal import RecipeEngine

/// `sprun runs`.
struct RunsCommand: ReportingVerb {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List the runs that were written down, the newest first.",
        usage: """
            sprun runs
            sprun runs --prune --older-than 30d
            """,
        discussion: """
            done: came to its end · failed: ended with an error · stopped: a person must decide · unfinished: it runs, or \
            was killed · undone: sprun undo took it back. --prune asks, then forgets runs that are done or undone, but \
            for those with generated secrets that nobody was shown. With --all it forgets these too, and runs that could \
            be resumed; never a run that another process is carrying on.
            """)

    @Flag(help: "Forget runs that are done.")
    var prune = false

    @Flag(help: "With --prune: also runs that could be resumed, and secrets that nobody was shown.")
    var all = false

    @Flag(name: .shortAndLong, help: "With --prune: ask nothing.")
    var yes = false

    @Option(help: ArgumentHelp("With --prune: only runs that were last written that long ago.", valueName: "time"))
    var olderThan: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard prune || (!all && !yes && olderThan == nil) else {
            throw ValidationError("--all, --older-than and --yes go with --prune")
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
