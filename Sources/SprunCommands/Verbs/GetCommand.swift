internal import ArgumentParser
internal import RecipeSharing

/// `sprun get LOCATOR`.
struct GetCommand: ReportingVerb {
    static let configuration = CommandConfiguration.verb(
        commandName: "get",
        abstract: "Fetch others' recipes and lock their versions.",
        usage: """
            sprun get github.com/acme/recipes/wp-site@v1.2.0
            sprun get site.lua
            sprun get --locked
            sprun get --verify
            """,
        discussion: """
            Fetches the recipes, or the imports of a file, with git. Shows new needs and changed code, asks, and \
            records the commit and SHA-256 of each file in sprun.lock. Runs use only locked recipes. --locked fetches \
            missing files and locks nothing new. --verify fetches everything again, without cache and vendor folder, \
            and compares it with sprun.lock.
            """)

    @Argument(help: ArgumentHelp("Recipes, or files whose imports to fetch.", valueName: "LOCATOR"))
    var locators: [String] = []

    @Flag(help: "Fetch the locked recipes; lock nothing new.")
    var locked = false

    @Flag(help: "Compare sprun.lock with the repositories.")
    var verify = false

    @Flag(help: "Accept a tag that now points to a different commit.")
    var acceptMovedTag = false

    @Flag(help: "Remove lock entries that these recipes do not import.")
    var tidy = false

    @Flag(name: [.short, .long], help: "Answer yes to all questions.")
    var yes = false

    @OptionGroup var output: OutputOptions

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let recipes = try workspace.recipes
        let getter = RecipeGetter(workspace: workspace, reporter: reporter)
        if verify {
            guard locators.isEmpty, !locked else {
                throw CommandFailure("usage", "--verify checks all of sprun.lock: omit recipes and --locked")
            }
            try await getter.verify(recipes)
        } else if locked {
            guard locators.isEmpty else {
                throw CommandFailure("usage", "--locked fetches all locked recipes: omit recipes")
            }
            try await getter.restore(recipes)
        } else {
            guard !locators.isEmpty else {
                throw CommandFailure("usage", "no recipe named", hint: "sprun get LOCATOR, or sprun get --locked")
            }
            let options = FetchOptions(acceptsMovedTags: acceptMovedTag, removesUnused: tidy)
            try await getter.lock(locators, recipes, options, isConfirmed: yes)
        }
        return .done
    }
}
