internal import ArgumentParser
internal import Groundwork

/// `sprun recipes`.
struct RecipesCommand: ReportingVerb {
    static let configuration = CommandConfiguration.verb(
        commandName: "recipes",
        abstract: "List the recipes of this folder and those that ship.",
        usage: """
            sprun recipes
            sprun recipes --json
            """,
        discussion: """
            The recipes of a project are the Lua files in its folder and in the folder recipes, and the recipes in \
            sprun.lock. No recipe runs. 'sprun help RECIPE' shows the parameters.
            """)

    @OptionGroup var output: OutputOptions

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let recipes = try workspace.recipes
        await reporter.show(RecipeList(entries: await RecipeCollection(recipes: recipes).entries()))
        return .done
    }
}
