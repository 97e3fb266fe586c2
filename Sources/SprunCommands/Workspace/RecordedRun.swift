internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import RecipeEngine
internal import RecipeLanguage

/// A run of the journal with its entries.
struct RecordedRun: Sendable {
    let overview: RunOverview
    let entries: [JournalEntry]

    /// The header of the run.
    var header: RunHeader { overview.header }

    /// The result of the run; `nil` if the run is not done.
    ///
    /// - Throws: `CommandFailure`: `unknown_run` if the journal contains no result for the run.
    var result: JSONValue? {
        get throws {
            guard overview.status == .done else { return nil }
            guard let result = entries.result else {
                throw CommandFailure(
                    "unknown_run", "the journal has no result of run \(header.id)",
                    hint: "the recipe returned none, or an older sprun ran it; "
                        + "sprun show \(header.id) --reveal shows its secrets")
            }
            return result
        }
    }

    /// The plan that the run must follow; `nil` if it follows none.
    ///
    /// - Throws: `CommandFailure`, `plan_unusable`: the run must not continue without its plan.
    var plan: Plan? {
        get throws {
            do throws(Plan.DocumentError) {
                return try entries.plan()
            } catch {
                throw CommandFailure(
                    "plan_unusable",
                    "the plan that run \(header.id) follows was written by another version of sprun, or is damaged",
                    hint: "resume the run with sprun \(header.program), which began it, or undo it: "
                        + "sprun undo \(header.id)")
            }
        }
    }

    /// Returns the run's recipe with the run's parameters; reads the current file if the journal has no text.
    ///
    /// - Throws: `CommandFailure`: `unreadable_file`.
    func recipe(in recipes: ProjectRecipes) throws -> RecipeArguments {
        try RecipeArguments(
            name: header.recipe, text: entries.recipeText, parameters: header.parameters, in: recipes)
    }

    /// Throws if the recipe, Lua or sprun are not those that the run began with.
    ///
    /// - Throws: `CommandFailure`: `recipe_changed`.
    func refuseChanged(_ recipe: RecipeArguments, _ journal: Journal) throws {
        guard journal.store.digest(recipe.source.text) == header.recipeDigest else {
            throw CommandFailure(
                "recipe_changed", "the recipe '\(header.recipe)' has changed since run \(header.id) began",
                hint: "restore it; or, if the recorded steps are the same, add --accept-recipe-change")
        }
        guard header.lua == LuaHost.luaVersion, header.program == Version.number else {
            throw CommandFailure(
                "recipe_changed",
                "run \(header.id) began with sprun \(header.program) and \(header.lua), and this is sprun "
                    + "\(Version.number) and \(LuaHost.luaVersion)",
                hint: "use those versions; or, if the recorded steps are the same, add --accept-recipe-change")
        }
    }

    /// Returns a decision about the run's open question; a decision to recreate gets the id of the found resource.
    ///
    /// - Throws: `CommandFailure` if the run has no open question.
    func completed(_ decision: EffectDecision) throws -> EffectDecision {
        // Skipping needs no open question: it leaves out any failed step.
        guard decision.choice != .skip else { return decision }
        guard let question = entries.openQuestion else {
            throw CommandFailure(
                "usage", "this run needs no decision", hint: "resume it without --adopt and --recreate")
        }
        guard decision.choice == .recreate else { return decision }
        return EffectDecision(.recreate, id: question.stop?.candidates.first)
    }
}
