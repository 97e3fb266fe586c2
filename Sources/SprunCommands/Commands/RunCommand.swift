internal import ArgumentParser
internal import ServerPilot
internal import SystemPackage

/// `sprun run FILE [name=value …]`.
struct RunCommand: AsyncParsableCommand {
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
            machine: the account is a simulated one that is kept between runs, and its waits take no time.
            """)

    @Argument(help: ArgumentHelp("The recipe, then its parameters.", valueName: "FILE name=value"))
    var words: [String] = []

    @Option(name: .customShort("e"), help: ArgumentHelp("Run this Lua instead of a file.", valueName: "CODE"))
    var code: String?

    @Flag(help: "Run on the simulated account.")
    var simulate = false

    @Flag(help: "Show generated secrets in the result, also where it is not a terminal.")
    var revealSecrets = false

    @Option(
        name: .customLong("result"),
        help: ArgumentHelp("Write the result there, secrets included (0600).", valueName: "file"))
    var resultFile: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let environment = Environment.current()
        let console = Console(color: output.color, environment: environment)
        let recipeRun = RecipeSession(console: console, options: self, environment: environment)
        var status = await recipeRun.run()
        console.output.flush()
        // That a reader has gone away is its own choice; a full disk is not.
        if let failure = console.output.failure, failure != .brokenPipe {
            console.warn("standard output could not be written: \(failure.plainDescription)")
            if status == .done { status = .failed }
        }
        if status != .done { throw status.exitCode }
    }
}
