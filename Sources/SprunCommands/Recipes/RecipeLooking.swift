internal import RecipeEngine
internal import SystemPackage

/// Looks at recipes without running them, for the commands that show them.
struct RecipeLooking {
    private let paths: Paths
    private let environment: Environment

    init(_ environment: Environment) throws {
        self.environment = environment
        paths = try Paths(environment)
    }

    /// Whether a word is a recipe and not the name of a run: runs are named by letters and digits alone.
    func means(_ name: String) throws -> Bool {
        let recipes = try ProjectRecipes(paths, environment)
        return name.contains(".") || name.contains("/") || recipes.ships(name) || recipes.isRemote(name)
    }

    /// What a recipe says of itself.
    ///
    /// - Throws: `CommandFailure`.
    func describe(_ name: String) async throws -> (RecipeDescription, RecipeSource) {
        var recipes = try ProjectRecipes(paths, environment)
        if recipes.isRemote(name), !recipes.has(name) {
            recipes = try ProjectRecipes(paths, environment, lock: paths.sharedLock)
        }
        let recipe = try RecipeArguments(code: nil, words: [name], commands: [], in: recipes)
        do throws(RecipeFailure) {
            let surroundings = recipes.surroundings(of: recipe.module, names: SystemNames())
            return (try await RecipeEngine.describe(recipe.source, surroundings: surroundings), recipe.source)
        } catch {
            throw CommandFailure(error.code, error.description, hint: error.hint)
        }
    }
}
