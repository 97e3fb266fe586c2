internal import RecipeEngine
internal import RecipeLanguage
internal import SystemPackage

/// Access to recipes without running them, for the commands that show them.
struct RecipeLooking {
    private let paths: Paths
    private let environment: Environment

    init(_ environment: Environment) throws {
        self.environment = environment
        paths = try Paths(environment)
    }

    /// Whether an argument names a recipe, not a run; a run id has only letters and digits.
    func means(_ name: String) throws -> Bool {
        let recipes = try ProjectRecipes(paths, environment)
        return name.contains(".") || name.contains("/") || recipes.ships(name) || recipes.isRemote(name)
    }

    /// Returns the description in a recipe's header.
    ///
    /// - Throws: `CommandFailure`.
    func describe(_ name: String) async throws -> (RecipeDescription, RecipeSource) {
        var recipes = try ProjectRecipes(paths, environment)
        if recipes.isRemote(name), !recipes.has(name) {
            recipes = try ProjectRecipes(paths, environment, lock: paths.sharedLock)
        }
        let recipe = try RecipeArguments(code: nil, words: [name], commands: [], in: recipes)
        let surroundings = try recipes.surroundings(of: recipe.module, names: SystemNames(), isUnsafe: false)
        do throws(RecipeFailure) {
            return (try await RecipeEngine.describe(recipe.source, surroundings: surroundings), recipe.source)
        } catch {
            throw CommandFailure(error.code, error.description, hint: error.hint)
        }
    }
}
