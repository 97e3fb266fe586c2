internal import Groundwork
internal import RecipeEngine
internal import RecipeLanguage
internal import RecipeSharing
internal import ServerPilotClient
internal import SystemPackage

/// Preparation of recipes before they run: find them, show them, read their parameters.
extension RecipeSession {
    /// Returns the recipe of the command line with its parameters.
    ///
    /// Another person's recipe is shown first and must be confirmed.
    ///
    /// - Parameters:
    ///   - code: The recipe's text, if it has no file.
    ///   - words: The recipe and its parameters.
    ///   - paths: The paths of sprun's files.
    /// - Returns: The recipe, with parameters that the engine has yet to check.
    /// - Throws: `CommandFailure`; `RecipeFailure` if the recipe cannot be parsed.
    func prepared(_ code: String?, _ words: [String], _ paths: Paths) async throws -> RecipeArguments {
        var recipes = try ProjectRecipes(paths, environment)
        let locator = code == nil ? words.first : nil
        let isRemote = locator.map { recipes.isRemote($0) } ?? false
        // With `--locked` nothing is fetched, so only recipes in this folder's lock can run.
        if let locator, isRemote, !recipes.has(locator), !settings.locked {
            recipes = try await RecipeGetter(console: console, environment: environment, paths: paths).shared(locator)
        }
        if settings.locked { try recipes.checkLock() }
        var recipe = try RecipeArguments(code: code, words: words, commands: Sprun.commandNames, in: recipes)
        guard isRemote || RecipeText(recipe.source.text).hasHeader else { return try recipe.withoutEmptyParameters() }
        let surroundings = try recipes.surroundings(
            of: recipe.module, names: SystemNames(), isUnsafe: settings.guards.computing.unsafe)
        let description = try await RecipeEngine.describe(
            recipe.source, surroundings: surroundings, limits: settings.guards.limits)
        guard let header = description.header else {
            guard !isRemote else {
                throw CommandFailure(
                    "import_failed", "'\(recipe.source.name)' has no header, so that nobody knows what it needs",
                    hint: "copy it into a file of your own after you have read it")
            }
            return try recipe.withoutEmptyParameters()
        }
        if isRemote {
            // Planning needs the question too: a plan sends GET requests as the recipe says, and can look up names.
            let text = DescriptionText(
                description, recipe.source.name, console.errorStyle, width: console.errorWidth, isBeforeQuestion: true)
            for line in text.lines { console.note(line) }
            try confirm("Run this recipe of somebody else?", "the recipe")
        }
        let asks = console.inputIsTerminal && !settings.output.json
        recipe.parameters = try GivenParameters(console: console, environment: environment, asks: asks)
            .read(recipe.parameters, for: header)
        recipe.header = header
        return recipe
    }

    /// Returns the recipes that contain the name: those of the folder, or those of runs without a project.
    func recipes(having name: String, _ paths: Paths) throws -> ProjectRecipes {
        let recipes = try ProjectRecipes(paths, environment)
        guard recipes.isRemote(name), !recipes.has(name) else { return recipes }
        return try ProjectRecipes(paths, environment, lock: paths.sharedLock)
    }

    /// Returns the surroundings of a run of the recipe.
    ///
    /// - Throws: `CommandFailure` if another person wrote the recipe and a wall around it is missing.
    func surroundings(of recipe: RecipeArguments, on target: RunTarget) throws -> RecipeSurroundings {
        let names: any NameLookup = settings.simulate ? SimulatedNames(transport: target.transport) : SystemNames()
        let web =
            settings.simulate
            ? nil
            : RetryingWebClient(
                HTTPWebClient(environment: environment.variables, version: Version.number), time: target.time,
                onRetry: { [console] _, delay, reason in
                    console.warn("\(reason); trying again in \(delay.shortText)")
                })
        var surroundings = try recipe.recipes.surroundings(
            of: recipe.module, names: names, web: web, environment, isUnsafe: settings.guards.computing.unsafe)
        surroundings.connects = target.connects
        surroundings.overrun = { failure in
            let status = report(FailureReport(failure))
            console.output.flush()
            status.atOnce()
        }
        return surroundings
    }
}

extension ProjectRecipes {
    /// Throws if a locked file is missing or has another hash.
    ///
    /// - Throws: `CommandFailure` for the first such file.
    func checkLock() throws {
        if let problem = resolver.check().first { throw CommandFailure(problem) }
    }
}
