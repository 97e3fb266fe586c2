internal import ArgumentParser

/// `sprun run FILE [name=value …]`.
struct RunCommand: RecipeVerb {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a recipe.",
        usage: """
            sprun run site.lua server=www1 domain=acme.example
            sprun run --simulate site.lua server=www1 domain=acme.example
            sprun run -e 'for _, app in ipairs(sp.apps()) do print(app.name) end'
            """,
        discussion: """
            FILE is Lua 5.4; - reads standard input. name=value gives it sp.params.name. What the recipe prints and its \
            result go to standard output, everything else to standard error. With --simulate, nothing leaves this \
            machine: the account is a simulated one that is kept between runs, and its waits take no time. A run on a \
            real account is written down, so that 'sprun resume' can go on with it.
            """)

    @Argument(help: ArgumentHelp("The recipe, then its parameters.", valueName: "FILE name=value"))
    var words: [String] = []

    @Option(name: .customShort("e"), help: ArgumentHelp("Run this Lua instead of a file.", valueName: "CODE"))
    var code: String?

    @Flag(help: "Write nothing down: the run cannot be resumed.")
    var noJournal = false

    @Flag(help: "Show the plan, ask, and do exactly that.")
    var confirm = false

    @Flag(help: "Run on the simulated account.")
    var simulate = false

    @OptionGroup var result: ResultOptions

    @Flag(help: "Refuse to run where sprun.lock and the files differ.")
    var locked = false

    @OptionGroup var guards: GuardOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let context = RecipeContext(workspace: workspace, reporter: reporter, permissions: guards.permissions)
        let delivery = try result.delivery(reporter)
        let recipe = try await RecipePreparation(context: context, isLocked: locked).recipe(code: code, words: words)
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
