internal import ArgumentParser
internal import RecipeEngine

/// `sprun doc FILE`.
struct DocCommand: Verb {
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

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let (description, source) = try await workspace.describe(name)
        guard let header = description.header else {
            throw CommandFailure("bad_header", "'\(source.name)' has no header to write a documentation from")
        }
        let document = RecipeDocument(header, description.imports)
        for line in man ? document.manPage : document.markdown { reporter.console.output.line(line.printed) }
        return .done
    }
}
