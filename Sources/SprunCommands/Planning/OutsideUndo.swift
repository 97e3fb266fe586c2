internal import RecipeEngine

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
                let words = change.isLost ? "\(change.words): may have been done" : change.words
                reporter.warn("not taken back, outside of ServerPilot: \(words)")
            }
            return nil
        }
        reporter.note("outside of ServerPilot, the run \(run.header.id) has done, and its recipe takes back:")
        for change in changes {
            reporter.note("  \(change.words.withoutControls)\(change.isLost ? " (perhaps)" : "")")
        }
        try context.confirm("Take it back?", "the undo of '\(run.header.recipe)'")
        return recipe
    }

    /// Returns the recipe if it has not changed and has an `undo`; warns if it changed or cannot be read.
    private func recipe() async -> RecipeArguments? {
        let name = run.header.recipe
        do {
            var recipe = try run.recipe(in: try context.workspace.recipes(having: name))
            guard journal.store.digest(recipe.source.text) == run.header.recipeDigest else {
                context.reporter.warn("the recipe '\(name)' is not the one that the run began with")
                return nil
            }
            let surroundings = try recipe.recipes.surroundings(
                of: recipe.module, isUnsafe: context.permissions.allowsUnsafe)
            recipe.header = try await RecipeEngine.describe(recipe.source, surroundings: surroundings).header
            return recipe.header?.canUndo == true ? recipe : nil
        } catch {
            // The run's resources at ServerPilot can be deleted without the recipe.
            context.reporter.warn("the recipe '\(name)' cannot be read any more: \(CommandFailure(error))")
            return nil
        }
    }
}
