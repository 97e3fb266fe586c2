internal import ArgumentParser
internal import RecipeEngine
internal import RecipeLanguage

/// `sprun doc FILE`.
struct DocCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doc",
        abstract: "Write a recipe's documentation from its header.",
        usage: """
            sprun doc site.lua > site.md
            sprun doc new-site --man | man -l -
            """,
        discussion: "Markdown, or a man page. Nothing of the recipe runs.")

    @Argument(help: ArgumentHelp("The recipe: a file, a name that ships, a locator.", valueName: "RECIPE"))
    var name: String

    @Flag(help: "Write a man page.")
    var man = false

    func run() async throws {
        let environment = Environment.current()
        let console = Console(color: .never, environment: environment)
        let (description, source) = try await RecipeLooking(environment).describe(name)
        guard let header = description.header else {
            throw CommandFailure("bad_header", "'\(source.name)' has no header to write a documentation from")
        }
        let document = RecipeDocument(header, description.imports)
        for line in man ? document.manPage : document.markdown { console.output.line(line.printed) }
        console.output.flush()
    }
}
