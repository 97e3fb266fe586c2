internal import ArgumentParser
internal import Groundwork
internal import OrderedCollections
internal import RecipeSharing

/// `sprun get LOCATOR`.
struct GetCommand: ReportingVerb {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Get recipes of others, and lock their versions.",
        usage: """
            sprun get github.com/acme/recipes/wp-site@v1.2.0
            sprun get site.lua
            sprun get --locked
            sprun get --verify
            """,
        discussion: """
            Fetches the recipe, or what a file of this folder imports, with all that it imports, by your git; shows what \
            is new in needs and in code, asks, and writes commit and SHA-256 of every file to sprun.lock. A run takes \
            nothing else. With --locked nothing is locked anew: what the lock names is fetched where it is missing. \
            With --verify all of it is fetched again and compared with sprun.lock, past cache and vendor folder.
            """)

    @Argument(help: ArgumentHelp("Recipes and files whose imports are meant.", valueName: "LOCATOR"))
    var locators: [String] = []

    @Flag(help: "Fetch what sprun.lock names, and change nothing in it.")
    var locked = false

    @Flag(help: "Compare sprun.lock with the repositories, and change nothing.")
    var verify = false

    @Flag(help: "Take a tag that names another commit than it did.")
    var acceptMovedTag = false

    @Flag(help: "Forget what none of these recipes imports.")
    var tidy = false

    @Flag(name: [.short, .long], help: "Ask nothing.")
    var yes = false

    @OptionGroup var output: OutputOptions

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let recipes = try workspace.recipes
        let getter = RecipeGetter(workspace: workspace, reporter: reporter)
        if verify {
            guard locators.isEmpty, !locked else {
                throw CommandFailure("usage", "--verify compares all of sprun.lock: name no recipe, and no --locked")
            }
            try await verify(getter.fetcher(recipes), reporter)
        } else if locked {
            guard locators.isEmpty else {
                throw CommandFailure("usage", "--locked fetches what is locked: name no recipe")
            }
            try await restore(getter.fetcher(recipes), recipes, reporter)
        } else {
            guard !locators.isEmpty else {
                throw CommandFailure("usage", "no recipe is named", hint: "sprun get LOCATOR, or --locked")
            }
            try await update(getter, recipes, reporter)
        }
        return .done
    }

    /// Fetches the recipes and locks them, after a question if a version changes.
    private func update(
        _ getter: RecipeGetter, _ recipes: ProjectRecipes, _ reporter: any RunReporter
    ) async throws {
        let options = FetchOptions(acceptsMovedTags: acceptMovedTag, removesUnused: tidy)
        let result = try await getter.fetch(locators, recipes, options)
        await reporter.show(FetchReport(result: result, recipes: recipes))
        guard result.lock != recipes.resolver.lock else { return reporter.remark("sprun.lock stays as it is") }
        if result.changes.contains(where: { $0.kind == .updated }) {
            try Question(console: reporter.console).confirm(
                "Lock these versions?", isConfirmed: yes,
                declined: "the new versions were declined; sprun.lock stays as it is",
                unasked: "new versions must be confirmed, and nobody is there to ask", hint: "--yes confirms them")
        }
        try result.lock.write(to: recipes.lockFile)
        reporter.remark("wrote sprun.lock: put it under version control")
    }

    private func verify(_ fetcher: RecipeFetcher, _ reporter: any RunReporter) async throws {
        let result = try await fetcher.verify()
        let all = result.problems.isEmpty ? ["sprun.lock says what the repositories have"] : []
        await reporter.show(
            Listing(
                error: result.same.map { "verified \($0)" } + all,
                json: [
                    "format_version": 1, "verified": .array(result.same.map { .string("\($0)") }),
                    "problems": .array(result.problems.map { .string($0.message) }),
                ]))
        reporter.console.output.flush()
        guard let first = result.problems.first else { return }
        for problem in result.problems.dropFirst() { reporter.warn(problem.description) }
        throw first
    }

    private func restore(
        _ fetcher: RecipeFetcher, _ recipes: ProjectRecipes, _ reporter: any RunReporter
    ) async throws {
        let fetched = try await fetcher.restore()
        try recipes.checkLock()
        await reporter.show(
            Listing(
                error: fetched.map { "fetched \($0)" } + ["all that is locked is there"],
                json: ["format_version": 1, "fetched": .array(fetched.map { .string("\($0)") })]))
    }
}
