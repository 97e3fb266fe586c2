internal import ArgumentParser
internal import Groundwork
internal import RecipeEngine
internal import ServerPilotClient
internal import SystemPackage

/// `sprun show RUN` and `sprun show RECIPE`.
struct ShowCommand: ReportingVerb {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what a run did, or what a recipe is.",
        usage: """
            sprun show k3v9q2
            sprun show k3v9q2 --all --json
            sprun show k3v9q2 --result result.json
            sprun show site.lua
            """,
        discussion: """
            Of a recipe, a file, a name that ships or a locator: what it is, takes, needs and gives, and what it imports \
            needs; nothing of it runs. Of a run: each change with the line of the recipe that made it, whether its answer came, was lost and found, or was \
            asked for again. Secrets are left out; --reveal shows those that the run generated, on a terminal only. --result \
            writes the result of a run that is done into a file, secrets included.
            """)

    @Argument(help: ArgumentHelp("The run, or the beginning of its name; or a recipe.", valueName: "RUN or RECIPE"))
    var name: String

    @Flag(help: "Also what was read and waited for.")
    var all = false

    @Flag(help: "Show the secrets that the run generated; on a terminal only.")
    var reveal = false

    @Option(
        name: .customLong("result"),
        help: ArgumentHelp("Write the run's result there, secrets included (0600).", valueName: "file"))
    var resultFile: String?

    @Flag(help: "Replace the file of --result, whatever it holds.")
    var force = false

    @OptionGroup var output: OutputOptions

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        guard !reveal || reporter.showsOnTerminal else {
            throw CommandFailure("usage", "--reveal shows secrets on a terminal only")
        }
        guard try workspace.isRecipe(name) else {
            try await showRun(try workspace.existingJournal(), reporter)
            return .done
        }
        guard !all, !reveal, resultFile == nil else {
            throw CommandFailure("usage", "--all, --reveal and --result are for runs, and this is a recipe")
        }
        let (description, source) = try await workspace.describe(name)
        await reporter.show(RecipeReport(description: description, name: source.name))
        return .done
    }

    private func showRun(_ journal: Journal, _ reporter: any RunReporter) async throws {
        let run = try await journal.run(name)
        let written = try writeResult(of: run)
        let inUse = run.entries.secretsInUse
        await reporter.show(
            RunHistory(
                overview: run.overview, entries: run.entries.filter { all || $0.kind != .observed }, inUse: inUse,
                wayOn: WayOn(run.header.id, after: run.entries), revealsSecrets: reveal))
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
        guard let resultFile else { return "" }
        guard let result = try run.result else {
            throw CommandFailure(
                "unknown_run", "the run \(run.header.id) has not come to its end, and has no result yet",
                hint: "sprun resume \(run.header.id) --result \(resultFile.shellQuoted)")
        }
        let file = ResultFile(path: FilePath(resultFile), isForced: force)
        try file.check()
        return try file.write(result, secrets: []).text
    }
}
