internal import DurableSteps
internal import RecipeLanguage
internal import ServerPilot

/// The reason why a run is stopped from outside the recipe, which cannot catch it.
enum RunStop: Error, Hashable, Sendable {
    /// The record, a lost reply or the journal stops the run.
    case step(StepStop)
    /// The recipe's calls differ from the plan.
    case differs(planned: String, now: String, fields: [String])
    /// The run would create or delete more than the user allowed.
    case tooMany(effect: ServerPilot.Operation.Effect, limit: Int, next: String)
    /// The run would create or delete more than a recipe's header allows.
    case passesLimit(of: String, effect: ServerPilot.Operation.Effect, limit: Int, next: String)
    /// A deletion was declined, or no person could confirm it.
    case unconfirmed(DeletionAnswer, deletion: String)

    init(_ stop: StepStop) { self = .step(stop) }

    /// Whether the recipe's calls differ from the record.
    var isDivergence: Bool { if case .step(.diverged) = self { true } else { false } }

    /// The code of the failure.
    var code: String {
        switch self {
        case .step(.diverged): "recipe_changed"
        case .step(.undecided): "undecided"
        case .differs: "plan_differs"
        case .tooMany, .passesLimit: "too_many_changes"
        case .unconfirmed(let answer, _): answer == .no ? "declined" : "unconfirmed"
        case .step(.unfinished): "unfinished_change"
        case .step(.unwritten(let error)):
            switch error.code {
            case .fenced: "fenced"
            case .busy: "journal_busy"
            default: "journal_unwritten"
            }
        }
    }

    /// A description of the stop.
    var message: String {
        switch self {
        case .step(.diverged(let recorded, let now, let argumentsOnly)):
            return argumentsOnly
                ? "replay mismatch: the journal records \(recorded), but the recipe now calls \(now) with other "
                    + "arguments. Nothing was sent"
                : "replay mismatch: the journal records \(recorded), but the recipe now reaches \(now). Nothing was "
                    + "sent"
        case .step(.undecided(let undecided, let call)):
            let ids = undecided.candidates.isEmpty ? "" : ": \(undecided.candidates.joined(separator: ", "))"
            return "\(call): \(undecided.reason)\(ids)"
        case .step(.unfinished(let failure, let call)):
            return "\(call): sprun cannot tell whether the change was made, because the lookup failed: "
                + "\(failure.message)"
        case .differs(let planned, let now, let fields):
            let words = fields.isEmpty ? "" : " with a different \(fields.joined(separator: ", "))"
            return "the run differs from its plan: the plan has \(planned), but the recipe now reaches "
                + "\(now)\(words). Nothing was sent"
        case .tooMany(let effect, let limit, let next):
            return "\(next) would exceed --max-\(effect.word) \(limit). Nothing was sent"
        case .passesLimit(let recipe, let effect, let limit, let next):
            return "\(next) would exceed limits.\(effect.word) = \(limit) in the header of '\(recipe)'. Nothing was "
                + "sent"
        case .unconfirmed(let answer, let deletion):
            return answer == .no ? "\(deletion) was declined. Nothing was sent" : "\(deletion) must be confirmed"
        case .step(.unwritten(let error)): return error.message
        }
    }

    /// A suggested remedy.
    var hint: String? {
        switch self {
        case .step(.diverged):
            "resume with the original recipe; or pass --accept-recipe-change if the changed recipe makes the same "
                + "calls up to here"
        case .step(.undecided(let undecided, _)):
            "resume the run with one of: "
                + undecided.choices.map { choice in
                    choice == .adopt ? "--adopt ID" : "--\(choice.rawValue)"
                }.joined(separator: ", ")
        case .step(.unfinished): "run 'sprun resume' when the API is reachable again"
        case .differs: "earlier changes stay; make a new plan with the same arguments to continue"
        case .tooMany: nil
        case .passesLimit(_, let effect, _, _): "raise limits = { \(effect.word) = … } in the header"
        case .unconfirmed(let answer, _): answer == .no ? nil : "add --yes to confirm all deletions"
        case .step(.unwritten): "sprun sends a change only after the journal has recorded it"
        }
    }
}

extension RecipeError {
    /// Creates the error that ends the calls of a stopped run.
    init(_ reason: RunStop) {
        self.init(code: reason.code, message: reason.message, hint: reason.hint)
    }
}
