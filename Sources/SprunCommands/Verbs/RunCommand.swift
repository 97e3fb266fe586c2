internal import ArgumentParser

/// `sprun run FILE [name=value …]`.
struct RunCommand: RunningVerb, RecipeNaming {
    static let configuration = CommandConfiguration.verb(
        commandName: "run",
        abstract: "Run a recipe.",
        usage: """
            sprun run site.lua server=www1 domain=acme.example
            sprun run --simulate site.lua server=www1 domain=acme.example
            sprun run -e 'for _, app in ipairs(sp.apps()) do print(app.name) end'
            """,
        discussion: """
            FILE is Lua 5.4; - reads standard input. name=value sets sp.params.name. --simulate uses your simulated \
            account, where waits take no time. 'sprun resume' continues a stopped run. See also --help-hidden.
            """)

    @OptionGroup var recipe: NamedRecipeOptions

    @Flag(help: "Record nothing; the run cannot be resumed.")
    var noJournal = false

    @Flag(help: "Show the plan, ask, then do exactly that.")
    var confirm = false

    @OptionGroup var simulation: SimulationOptions

    @OptionGroup var result: ResultOptions

    @Flag(help: "Refuse to run if files differ from sprun.lock.")
    var locked = false

    @OptionGroup var guards: GuardOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var progress: ProgressOptions
    @OptionGroup var output: OutputOptions

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let context = RecipeContext(
            workspace: workspace, reporter: reporter, permissions: try guards.permissions(in: workspace))
        let delivery = try delivery(reporter, workspace)
        let preparation = RecipePreparation(
            context: context, isLocked: locked, parameterFile: try recipe.parameterFile())
        let given = try await preparation.recipe(code: recipe.code, words: recipe.words, for: "run")
        return try await simulation.target(connection, workspace, reporter).using { target in
            let recipe = try await preparation.completed(given, on: target)
            let isJournaled = !noJournal && !target.isSimulated
            let hold = isJournaled ? try await workspace.journal().hold(target.account) : nil
            let plan = confirm ? try await PlanMaker(context: context, target: target).confirmed(recipe) : nil
            return try await RecipeRunner(context: context, target: target, delivery: delivery)
                .begin(recipe, under: hold, plan: plan)
        }
    }
}
