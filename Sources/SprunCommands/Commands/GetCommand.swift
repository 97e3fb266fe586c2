internal import ArgumentParser
internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeSharing

/// `sprun get LOCATOR`.
struct GetCommand: AsyncParsableCommand {
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

    func run() async throws {
        let environment = Environment.current()
        let console = Console(color: output.color, environment: environment)
        let paths = try Paths(environment)
        let recipes = try ProjectRecipes(paths, environment)
        let getter = RecipeGetter(console: console, environment: environment, paths: paths)
        if verify {
            guard locators.isEmpty, !locked else {
                throw CommandFailure("usage", "--verify compares all of sprun.lock: name no recipe, and no --locked")
            }
            return try await verify(getter, recipes, console)
        }
        if locked {
            guard locators.isEmpty else {
                throw CommandFailure("usage", "--locked fetches what is locked: name no recipe")
            }
            return try await restore(getter, recipes, console)
        }
        guard !locators.isEmpty else {
            throw CommandFailure("usage", "no recipe is named", hint: "sprun get LOCATOR, or --locked")
        }
        let options = FetchOptions(acceptsMovedTags: acceptMovedTag, removesUnused: tidy)
        let result = try await getter.fetch(locators, recipes, options)
        let text = ChangeText(result, from: recipes, console.errorStyle)
        if output.json {
            console.output.line(text.json.text())
        } else {
            for line in await text.lines() { console.note(line) }
        }
        guard result.lock != recipes.resolver.lock else {
            if !output.json { console.note("sprun.lock stays as it is") }
            return console.output.flush()
        }
        let isUpdate = result.changes.contains { $0.kind == .updated }
        if isUpdate, !yes {
            switch Question(console: console).ask("Lock these versions?") {
            case .yes: break
            case .no: throw CommandFailure("declined", "the new versions were declined; sprun.lock stays as it is")
            case .nobody:
                throw CommandFailure(
                    "unconfirmed", "new versions must be confirmed, and nobody is there to ask",
                    hint: "--yes confirms them")
            }
        }
        do throws(SharingError) { try result.lock.write(to: recipes.lockFile) } catch { throw CommandFailure(error) }
        if !output.json { console.note("wrote sprun.lock: put it under version control") }
        console.output.flush()
    }

    private func verify(_ getter: RecipeGetter, _ recipes: ProjectRecipes, _ console: Console) async throws {
        let result: RecipeFetcher.Verification
        do throws(SharingError) {
            result = try await getter.fetcher(recipes).verify()
        } catch {
            throw CommandFailure(error)
        }
        if output.json {
            let object: JSONObject = [
                "format_version": 1, "verified": .array(result.same.map { .string("\($0)") }),
                "problems": .array(result.problems.map { .string($0.message) }),
            ]
            console.output.line(JSONValue.object(object).text())
        } else {
            for locator in result.same { console.note("verified \(locator)".withoutControls) }
        }
        console.output.flush()
        guard let first = result.problems.first else {
            if !output.json { console.note("sprun.lock says what the repositories have") }
            return
        }
        for problem in result.problems.dropFirst() { console.warn(problem.description) }
        throw CommandFailure(first)
    }

    private func restore(_ getter: RecipeGetter, _ recipes: ProjectRecipes, _ console: Console) async throws {
        let fetched: [RecipeLocator]
        do throws(SharingError) {
            fetched = try await getter.fetcher(recipes).restore()
        } catch {
            throw CommandFailure(error)
        }
        try recipes.checkLock()
        if output.json {
            console.output.line(
                JSONValue.object(["format_version": 1, "fetched": .array(fetched.map { .string("\($0)") })]).text())
        } else {
            for locator in fetched { console.note("fetched \(locator)".withoutControls) }
            console.note("all that is locked is there")
        }
        console.output.flush()
    }
}
