internal import ArgumentParser

/// `sprun apply PLAN`.
struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Carry out a plan, and nothing else.",
        usage: """
            sprun apply site.plan
            sprun apply --yes site.plan
            """,
        discussion: """
            First it is asked again what the plan rests on: where the account has moved on, the plan is stale (exit \
            status 6), and what moved is told. Then the recipe runs, and each request that changes something is compared \
            with the plan before it is sent; the first difference stops the run. Deletions are asked for.
            """)

    @Argument(help: ArgumentHelp("What 'sprun plan --out' kept.", valueName: "PLAN"))
    var file: String

    @OptionGroup var settings: RunSettings

    func run() async throws {
        try await RecipeSession.run(settings, .apply(file))
    }
}
