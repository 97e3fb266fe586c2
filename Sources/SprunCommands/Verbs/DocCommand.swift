internal import ArgumentParser
internal import RecipeEngine
internal import RecipeLanguage

/// `sprun doc FILE`.
struct DocCommand: Verb {
    static let configuration = CommandConfiguration.verb(
        commandName: "doc",
        abstract: "Print a recipe's documentation from its header.",
        usage: """
            sprun doc site.lua > site.md
            sprun doc new-site --man | man -l -
            """,
        discussion: "Prints Markdown or a man page. The recipe does not run.")

    @Argument(
        help: ArgumentHelp("A file, the name of a shipped recipe, or a locator.", valueName: "RECIPE"),
        completion: Completion.recipe)
    var name: String

    @Flag(help: "Print a man page.")
    var man = false

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let (description, source) = try await workspace.describe(name)
        guard let header = description.header else {
            throw CommandFailure("bad_header", "'\(source.name)' has no header, so it has no documentation")
        }
        let document = RecipeDocument(header, description.imports)
        for line in man ? document.manPage : document.markdown { reporter.console.output.line(line.printed) }
        return .done
    }
}
