internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine

/// The commands that continue a run that is not done; each is complete, and the first is the usual choice.
///
/// It omits commands that would fail in the same way again.
struct NextSteps {
    /// The commands.
    let commands: [String]

    /// Creates the steps from their commands.
    init(_ commands: [String]) { self.commands = commands }

    /// Selects the commands after a failure.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - code: The code of the failure; `nil` if the run was killed.
    ///   - choices: The decisions that the user can take.
    ///   - hasFailedStep: Whether a resumed run tries a failed step again; false if the recipe itself raised the error.
    init(_ run: RunID, code: String?, choices: [EffectDecision] = [], hasFailedStep: Bool = true) {
        let resume = "sprun resume \(run)"
        let undo = "sprun undo \(run)"
        commands =
            switch code {
            case _ where !choices.isEmpty: choices.map { "\(resume) \($0.option)" } + [undo]
            // The action has ended, so a resumed run would get the same error.
            case RecipeError.actionFailed: ["\(resume) --skip", undo]
            // A resource whose id the run knows may have been deleted for good.
            case "not_found", "conflict", "bad_request", "forbidden": [resume, "\(resume) --skip", undo]
            // With the same replies, the recipe raises the same error.
            case "lua_error", "items_failed":
                (hasFailedStep ? [resume] : []) + ["\(resume) --skip", "\(resume) --accept-recipe-change", undo]
            case "skipped": ["\(resume) --accept-recipe-change", undo]
            case "recipe_changed": ["\(resume) --accept-recipe-change", undo]
            case "plan_differs": [undo]
            case "unconfirmed": ["\(resume) --yes", undo]
            default: [resume]
            }
    }

    /// Selects the commands by the journal.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - entries: All journal entries of the run.
    init(_ run: RunID, after entries: [JournalEntry]) {
        self.init(
            run, code: entries.lastFailureCode, choices: entries.openQuestion?.stop?.decisions ?? [],
            hasFailedStep: entries.stumblingBlock != nil)
    }

    /// The lines for the user, a command each.
    var lines: [String] {
        commands.enumerated().map { $0 == 0 ? "continue with: \($1)" : "           or: \($1)" }
    }
}

extension EffectDecision {
    /// The option of `sprun resume` for the decision.
    fileprivate var option: String {
        switch choice {
        case .adopt: id.map { "--adopt \($0)" } ?? "--adopt ID"
        case .recreate, .skip, .yes: "--\(choice.rawValue)"
        }
    }
}
