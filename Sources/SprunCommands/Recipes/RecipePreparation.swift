internal import RecipeEngine
internal import RecipeLanguage

/// Preparation of a recipe before it runs: find it, show it, read its parameters.
struct RecipePreparation {
    let context: RecipeContext
    /// Whether `--locked` is given: then nothing is fetched, and all locked files must be as `sprun.lock` says.
    var isLocked = false

    /// Returns the recipe of the command line with its parameters.
    ///
    /// Another person's recipe is shown first and must be confirmed.
    ///
    /// `words` are the recipe and its parameters, or only parameters if the text of the recipe is `code`. `verb` is the
    /// command, for suggestions. The engine has yet to check the parameters.
    ///
    /// - Throws: `CommandFailure`, `SharingError`; `RecipeFailure` if the recipe cannot be parsed.
    func recipe(code: String?, words: [String], for verb: String) async throws -> RecipeArguments {
        let (workspace, permissions) = (context.workspace, context.permissions)
        var recipes = try workspace.recipes
        let locator = code == nil ? words.first : nil
        let isRemote = locator.map { recipes.isRemote($0) } ?? false
        if let locator, isRemote, !recipes.has(locator), !isLocked {
            recipes = try await RecipeGetter(workspace: workspace, reporter: context.reporter).shared(locator)
        }
        if isLocked { try recipes.checkLock() }
        var recipe = try RecipeArguments(code: code, words: words, for: verb, in: recipes)
        guard isRemote || RecipeText(recipe.source.text).hasHeader else { return try plain(recipe) }
        let surroundings = try recipes.surroundings(of: recipe.module, isUnsafe: permissions.allowsUnsafe)
        let description = try await RecipeEngine.describe(
            recipe.source, surroundings: surroundings, limits: permissions.limits)
        guard let header = description.header else {
            guard !isRemote else {
                throw CommandFailure(
                    "import_failed", "'\(recipe.source.name)' has no header, so sprun cannot show its needs",
                    hint: "read it, then copy it into a file of your own")
            }
            return try plain(recipe)
        }
        // Planning needs the question too: a plan sends GET requests as the recipe says, and can look up names.
        if isRemote { try confirm(description, from: recipe.source.name) }
        let reader = GivenParameters(
            console: context.reporter.console, environment: workspace.environment,
            asks: context.reporter.asksOnTerminal)
        recipe.parameters = try reader.read(recipe.parameters, for: header)
        recipe.header = header
        return recipe
    }

    /// Returns a recipe without a header; warns of parameters that it does not read, which are probably misspelt.
    private func plain(_ recipe: RecipeArguments) throws -> RecipeArguments {
        for (name, nearest) in recipe.unreadParameters {
            let likely = nearest.map { "; did you mean '\($0)'?" } ?? ""
            context.reporter.warn("the recipe does not read the parameter '\(name)'\(likely)")
        }
        return try recipe.withoutEmptyParameters()
    }

    private func confirm(_ description: RecipeDescription, from name: String) throws {
        let page = context.reporter.console.errorPage
        for line in DescriptionText(description, name, on: page, isBeforeQuestion: true).lines {
            context.reporter.note(line)
        }
        try context.confirm("Run this recipe from someone else?", "the recipe")
    }
}
