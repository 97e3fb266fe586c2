internal import RecipeEngine
internal import RecipeLanguage

/// Preparation of a recipe before it runs: find it, show it, read its parameters.
struct RecipePreparation {
    let context: RecipeContext
    /// Whether `--locked` is given: then nothing is fetched, and all locked files must be as `sprun.lock` says.
    var isLocked = false
    /// The file of `--params`; `nil` if the option is not given.
    var parameterFile: ParameterFile?

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
        let sources = ParameterSources(
            given: recipe.parameters, file: parameterFile, environment: workspace.environment,
            project: try ProjectSettings(in: workspace.environment.folder), recipe: recipe.projectName)
        guard isRemote || RecipeText(recipe.source.text).hasHeader else { return try plain(recipe, sources) }
        let surroundings = try recipes.surroundings(of: recipe.module, isUnsafe: permissions.allowsUnsafe)
        let description = try await RecipeEngine.describe(
            recipe.source, surroundings: surroundings, limits: permissions.limits)
        guard let header = description.header else {
            guard !isRemote else {
                throw CommandFailure(
                    "import_failed", "'\(recipe.source.name)' has no header, so sprun cannot show its needs",
                    hint: "read it, then copy it into a file of your own")
            }
            return try plain(recipe, sources)
        }
        // Planning needs the question too: a plan sends GET requests as the recipe says, and can look up names.
        if isRemote { try confirm(description, from: recipe.source.name) }
        let reader = GivenParameters(
            sources: sources)
        recipe.parameters = try reader.read(for: header)
        let defaults = try reader.defaults(for: header)
        if !defaults.isEmpty { context.reporter.remark("parameters: \(defaults.joined(separator: ", "))") }
        recipe.header = header
        return recipe
    }

    /// Returns the recipe with answers to questions for the missing parameters, if a user can be asked.
    ///
    /// - Throws: `CommandFailure`; `ServerPilotError` if the account cannot be read.
    func completed(_ recipe: RecipeArguments, on target: Target) async throws -> RecipeArguments {
        guard let header = recipe.header, context.reporter.asksOnTerminal else { return recipe }
        let questions = ParameterQuestions(console: context.reporter.console, target: target)
        var recipe = recipe
        recipe.parameters = try await questions.answered(recipe.parameters, for: header)
        return recipe
    }

    /// Returns a recipe without a header; warns of parameters that it does not read, which are probably misspelt.
    private func plain(_ recipe: RecipeArguments, _ sources: ParameterSources) throws -> RecipeArguments {
        var recipe = recipe
        recipe.parameters = sources.named
        for (name, nearest) in recipe.unreadParameters {
            let likely = nearest.map { "; did you mean '\($0)'?" } ?? ""
            context.reporter.warn("the recipe does not read the parameter '\(name)'\(likely)")
        }
        recipe.parameters = try sources.values(reading: recipe.readParameters)
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
