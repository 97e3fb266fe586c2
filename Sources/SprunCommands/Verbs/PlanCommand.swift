internal import ArgumentParser
internal import RecipeEngine
internal import RecipePlanner

/// `sprun plan FILE [name=value …]`.
struct PlanCommand: RecipeVerb, RecipeNaming {
    static let configuration = CommandConfiguration.verb(
        commandName: "plan",
        abstract: "Show what a recipe would do, without doing it.",
        usage: """
            sprun plan site.lua server=www1 domain=acme.example
            sprun plan --out site.plan site.lua server=www1 domain=acme.example
            sprun plan --summary demo-sites server=www1 count=50 domain=acme.example
            sprun plan --detailed-exitcode site.lua server=www1 domain=acme.example
            """,
        discussion: """
            The recipe runs on a copy of the account, which sprun reads with GET requests only. The plan shows the \
            exact requests, with old -> new values, and the dependents of deletions. 'sprun apply' applies a saved \
            plan, and nothing else.
            """)

    @OptionGroup var recipe: NamedRecipeOptions

    @Option(help: ArgumentHelp("Save the plan in this file, for 'sprun apply'.", valueName: "file"))
    var out: String?

    @Flag(help: "Show counts by server and kind instead of each change.")
    var summary = false

    @Flag(help: "Exit with status 2 if the plan has changes.")
    var detailedExitcode = false

    @OptionGroup var simulation: SimulationOptions

    @OptionGroup var computing: ComputingOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let permissions = RunPermissions(limits: computing.limits, allowsUnsafe: computing.unsafe)
        let context = RecipeContext(workspace: workspace, reporter: reporter, permissions: permissions)
        let preparation = RecipePreparation(context: context, parameterFile: try recipe.parameterFile())
        let given = try await preparation.recipe(code: recipe.code, words: recipe.words, for: "plan")
        let planned = try await simulation.target(connection, workspace, reporter).using { target in
            let recipe = try await preparation.completed(given, on: target)
            let planner = PlanMaker(context: context, target: target)
            guard let out else { return try await planner.make(recipe, showsOutput: !summary) }
            let journal = try workspace.journal()
            let planned = try await planner.make(recipe, keptWith: journal, showsOutput: !summary)
            try PlanFile(planned.plan, recipe).write(out, sealedBy: journal.store)
            return planned
        }
        await reporter.show(PlanReport(planned: planned, file: out, isSummary: summary))
        return detailedExitcode && planned.plan.hasChanges ? .changes : .done
    }
}
