internal import ArgumentParser
internal import DurableSteps
internal import Groundwork
internal import RecipeEngine
internal import RecipeLanguage
internal import ServerPilotClient

/// `sprun show RUN` and `sprun show RECIPE`.
struct ShowCommand: ReportingVerb {
    static let configuration = CommandConfiguration.verb(
        commandName: "show",
        abstract: "Show what a run did, or describe a recipe.",
        usage: """
            sprun show k3v9q2
            sprun show k3v9q2 --all --json
            sprun show k3v9q2 --result result.json
            sprun show site.lua
            """,
        discussion: """
            For a recipe (a file, a shipped name or a locator): its summary, parameters, needs and results, and the \
            needs of its imports. The recipe does not run. For a run: each change with its recipe line, and whether \
            its reply came, was lost and found, or was requested again. Secrets are hidden; --reveal shows the \
            generated ones on a terminal. --result writes the result of a completed run to a file, with secrets.
            """)

    @Argument(
        help: ArgumentHelp("A run's id or its first characters, or a recipe.", valueName: "RUN or RECIPE"),
        completion: Completion.runOrRecipe)
    var name: String

    @Flag(help: "Include reads and waits.")
    var all = false

    @Flag(help: "Show the generated secrets; only on a terminal.")
    var reveal = false

    @OptionGroup var result: ResultFileOptions
    @OptionGroup var output: OutputOptions

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        guard !reveal || reporter.showsOnTerminal else {
            throw CommandFailure("usage", "--reveal shows secrets only on a terminal")
        }
        guard try workspace.isRecipe(name) else {
            try await showRun(try workspace.existingJournal(), reporter)
            return .done
        }
        guard !all, !reveal, result.path == nil else {
            throw CommandFailure("usage", "--all, --reveal and --result need a run, and '\(name)' is a recipe")
        }
        let (description, source) = try await workspace.describe(name)
        await reporter.show(RecipeReport(description: description, name: source.name))
        return .done
    }

    private func showRun(_ journal: Journal, _ reporter: any RunReporter) async throws {
        let run = try await journal.run(name)
        let written = try writeResult(of: run)
        let inUse = run.entries.secretsInUse
        let state =
            try await journal.listedRuns().first { $0.header.id == run.header.id }?.state
            ?? RunState(run.overview.status, isRunning: false)
        await reporter.show(
            RunHistory(
                run: ListedRun(overview: run.overview, state: state),
                entries: run.entries.filter { all || $0.kind != .observed },
                inUse: inUse,
                nextSteps: NextSteps(run.header.id, after: run.entries), revealsSecrets: reveal))
        reporter.console.output.flush()
        let secrets = run.entries.compactMap { entry -> String? in
            if case .secret(let name, let value) = entry.content, inUse.contains(name) { value } else { nil }
        }
        let areShown =
            secrets.allSatisfy { written.contains($0) } || (reveal && reporter.console.output.failure == nil)
        if !secrets.isEmpty, areShown, let entry = run.entries.secretsShown(at: SystemClock().now) {
            try await journal.append(entry, toIdle: run.header)
        }
        try await journal.store.close()
    }

    /// Writes the run's result to the file of `--result`, if there is one.
    ///
    /// - Returns: The written text; empty without `--result`.
    private func writeResult(of run: RecordedRun) throws -> String {
        guard let path = result.path else { return "" }
        guard let value = try run.result else {
            throw CommandFailure(
                "unknown_run", "the run \(run.header.id) is not done, so it has no result yet",
                hint: "sprun resume \(run.header.id) --result \(path.shellQuoted)")
        }
        return try result.checked()?.write(value, secrets: []).text ?? ""
    }
}
