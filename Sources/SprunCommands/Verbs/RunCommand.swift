internal import ArgumentParser

/// `sprun run FILE [name=value …]`.
struct RunCommand: RunningVerb, RecipeNaming {
    // Large: each option of the command is a property.
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a recipe.",
        usage: """
            sprun run site.lua server=www1 domain=acme.example
            sprun run --simulate site.lua server=www1 domain=acme.example
            sprun run -e 'for _, app in ipairs(sp.apps()) do print(app.name) end'
            """,
        discussion: """
            FILE is Lua 5.4; - reads standard input. name=value sets sp.params.name. Printed text and the result go to \
            standard output, all else to standard error. --simulate uses a simulated account; its waits take no time. \
            'sprun resume' continues a run on a real account.
            """)

    @Argument(help: ArgumentHelp("The recipe, then its parameters.", valueName: "FILE name=value"))
    var words: [String] = []

    @Option(name: .customShort("e"), help: ArgumentHelp("Run this Lua code instead of a file.", valueName: "CODE"))
    var code: String?

    @Flag(help: "Record nothing; the run cannot be resumed.")
    var noJournal = false

    @Flag(help: "Show the plan, ask, then do exactly that.")
    var confirm = false

    @Flag(help: "Use the simulated account.")
    var simulate = false

    @OptionGroup var result: ResultOptions

    @Flag(help: "Refuse to run if files differ from sprun.lock.")
    var locked = false

    @OptionGroup var guards: GuardOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var progress: ProgressOptions
    @OptionGroup var output: OutputOptions

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let context = RecipeContext(workspace: workspace, reporter: reporter, permissions: guards.permissions)
        let delivery = try result.delivery(reporter)
        let recipe = try await RecipePreparation(context: context, isLocked: locked).recipe(
            code: code, words: words, for: "run")
        let target: Target = try await simulate ? .simulated(workspace) : .live(connection, workspace, reporter)
        return try await target.using { target in
            let isJournaled = !noJournal && !target.isSimulated
            let hold = isJournaled ? try await workspace.journal().hold(target.account) : nil
            let plan = confirm ? try await PlanMaker(context: context, target: target).confirmed(recipe) : nil
            return try await RecipeRunner(context: context, target: target, delivery: delivery)
                .begin(recipe, under: hold, plan: plan)
        }
    }
}
