internal import ArgumentParser
internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage
internal import RunJournal
internal import ServerPilotClient
internal import SystemPackage

/// `sprun show RUN` and `sprun show RECIPE`.
struct ShowCommand: AsyncParsableCommand {
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

    func run() async throws {
        let environment = Environment.current()
        let console = Console(color: output.color, environment: environment)
        guard !reveal || (console.outputIsTerminal && !output.json) else {
            throw CommandFailure("usage", "--reveal shows secrets on a terminal only")
        }
        if try RecipeLooking(environment).means(name) { return try await showRecipe(environment, console) }
        let paths = try Paths(environment)
        let store = try JournalFile(paths).openExisting()
        let (overview, entries) = try await ResumedRun.recorded(name, in: store)
        let written = try await writeResult(overview, store)
        let shown = entries.filter { all || $0.kind != .observed }
        let inUse = entries.secretsInUse
        let history = RunHistory(
            overview: overview, entries: shown, inUse: inUse, wayOn: WayOn(overview.header.id, after: entries))
        if output.json {
            console.output.line(history.json.text())
        } else {
            for line in history.lines(console.outputStyle, reveal: reveal) { console.output.line(line) }
        }
        console.output.flush()
        let secrets = entries.compactMap { entry -> String? in
            if case .secret(let name, let value) = entry.content, inUse.contains(name) { value } else { nil }
        }
        let areWritten = secrets.allSatisfy { written.contains($0) }
        let hasShownSecrets = !secrets.isEmpty && (areWritten || (reveal && console.output.failure == nil))
        do throws(JournalError) {
            if hasShownSecrets, let entry = entries.secretsShown(at: SystemClock().now) {
                try await RunHold(overview, paths)?.append(entry, in: store)
            }
            try await store.close()
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Writes the run's result to the file of `--result`, if there is one.
    ///
    /// - Returns: The written text; empty without `--result`.
    private func writeResult(_ overview: RunOverview, _ store: SQLiteRunStore) async throws -> String {
        guard let resultFile else { return "" }
        guard let result = try await ResumedRun.result(overview.header.id.rawValue, in: store) else {
            throw CommandFailure(
                "unknown_run", "the run \(overview.header.id) has not come to its end, and has no result yet",
                hint: "sprun resume \(overview.header.id) --result \(resultFile.shellQuoted)")
        }
        let file = ResultFile(path: FilePath(resultFile), isForced: force)
        try file.check()
        return try file.write(result, secrets: []).text
    }

    private func showRecipe(_ environment: Environment, _ console: Console) async throws {
        guard !all, !reveal, resultFile == nil else {
            throw CommandFailure("usage", "--all, --reveal and --result are for runs, and this is a recipe")
        }
        let (description, source) = try await RecipeLooking(environment).describe(name)
        if output.json {
            console.output.line(RecipeDocument.json(description, name: source.name).text())
        } else {
            let text = DescriptionText(description, source.name, console.outputStyle, width: console.width)
            for line in text.lines { console.output.line(line) }
        }
        console.output.flush()
    }
}
