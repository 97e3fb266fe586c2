internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// The commands that lead on from a run that did not come to its end: each is complete, and the first is the usual one.
///
/// A command that would fail the same way again is not among them.
struct WayOn {
    /// The commands.
    let commands: [String]

    /// - Parameters:
    ///   - run: the run.
    ///   - code: how it ended; `nil` where it was killed.
    ///   - choices: what a person can decide.
    ///   - hasFailedStep: whether a step failed that is tried again on resume; else the recipe itself stopped the run.
    init(_ run: RunID, code: String?, choices: [EffectDecision] = [], hasFailedStep: Bool = true) {
        let resume = "sprun resume \(run)"
        let undo = "sprun undo \(run)"
        commands =
            switch code {
            case _ where !choices.isEmpty: choices.map { "\(resume) \($0.option)" } + [undo]
            // The action has ended, and asking again gives the same.
            case RecipeError.actionFailed: ["\(resume) --skip", undo]
            // A resource that the run knows by its id may never come back.
            case "not_found", "conflict", "bad_request", "forbidden": [resume, "\(resume) --skip", undo]
            // Given the same answers, the recipe raises the same error.
            case "lua_error":
                (hasFailedStep ? [resume] : []) + ["\(resume) --skip", "\(resume) --accept-recipe-change", undo]
            case "skipped": ["\(resume) --accept-recipe-change", undo]
            case "recipe_changed": ["\(resume) --accept-recipe-change", undo]
            case "plan_differs": [undo]
            case "unconfirmed": ["\(resume) --yes", undo]
            default: [resume]
            }
    }

    /// - Parameters:
    ///   - run: the run.
    ///   - entries: all that it wrote.
    init(_ run: RunID, after entries: [JournalEntry]) {
        self.init(
            run, code: entries.last { $0.kind == .ended }?.body["code"]?.stringValue,
            choices: entries.openQuestion?.decisions ?? [], hasFailedStep: entries.stumblingBlock != nil)
    }

    /// How it is said, a command a line.
    var lines: [String] {
        commands.enumerated().map { $0 == 0 ? "go on with: \($1)" : "        or: \($1)" }
    }
}

extension EffectDecision {
    /// The option of `sprun resume` that says it.
    fileprivate var option: String {
        switch choice {
        case .adopt: id.map { "--adopt \($0)" } ?? "--adopt ID"
        case .recreate, .skip, .yes: "--\(choice.rawValue)"
        }
    }
}
