internal import ArgumentParser

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

    @OptionGroup var settings: RunSettings

    func run() async throws {
        try await RecipeSession.run(
            settings, .new(code: code, words: words, isJournaled: !noJournal, isConfirmed: confirm))
    }
}
