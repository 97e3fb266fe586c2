internal import DurableSteps
internal import RecipeEngine
internal import RecipeLanguage

/// The undo of a run's changes outside of ServerPilot, by the recipe's own `undo`.
struct OutsideUndo {
    let context: RecipeContext
    let journal: Journal
    let run: RecordedRun
    /// The changes, in the order of the run.
    let changes: [OutsideChange]

    /// Returns the run's recipe if it can undo the changes and the user confirms it; else lists the changes.
    ///
    /// - Throws: `CommandFailure`: `declined`, `unconfirmed`.
    func confirmedRecipe() async throws -> RecipeArguments? {
        let reporter = context.reporter
        guard let recipe = await recipe() else {
            for change in changes.reversed() {
                let words = change.isLost ? "\(change.words): may have been made" : change.words
                reporter.warn("not undone, outside of ServerPilot: \(words)")
            }
            return nil
        }
        reporter.note("the recipe of run \(run.header.id) undoes these changes outside of ServerPilot:")
        for change in changes {
            reporter.note("  \(change.words.withoutControls)\(change.isLost ? " (uncertain)" : "")")
        }
        try context.confirm("Undo these changes?", "the undo of '\(run.header.recipe)'")
        return recipe
    }

    /// Returns the recipe if it has not changed and has an `undo`; warns if it changed or cannot be read.
    private func recipe() async -> RecipeArguments? {
        let name = run.header.recipe
        do {
            var recipe = try run.recipe(in: try context.workspace.recipes(having: name))
            guard journal.store.digest(recipe.source.text) == run.header.recipeDigest else {
                context.reporter.warn("the recipe '\(name)' has changed since the run began")
                return nil
            }
            let surroundings = try recipe.recipes.surroundings(
                of: recipe.module, isUnsafe: context.permissions.allowsUnsafe)
            recipe.header = try await RecipeEngine.describe(recipe.source, surroundings: surroundings).header
            return recipe.header?.canUndo == true ? recipe : nil
        } catch {
            // The run's resources at ServerPilot can be deleted without the recipe.
            context.reporter.warn("the recipe '\(name)' can no longer be read: \(CommandFailure(error))")
            return nil
        }
    }
}
