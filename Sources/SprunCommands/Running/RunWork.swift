internal import DurableSteps
internal import RecipeEngine

/// The work of one run.
struct RunWork {
    let recipe: RecipeArguments
    /// The run in the journal; `nil` for a run without a journal.
    var journaled: JournaledRun?
    /// The lock on the account; `nil` for a run without a journal.
    var hold: AccountHold?
    /// The plan to follow; `nil` for none.
    var plan: Plan?
    /// The changes outside of ServerPilot that the recipe's `undo` takes back; `nil` to call the recipe's `run`.
    var undoing: [OutsideChange]?

    /// The number of planned changes, and of those that an earlier execution made; `nil` if no plan tells the number.
    var counts: (total: Int, before: Int)? {
        guard let plan, plan.branches.isEmpty, !plan.changes.isEmpty else { return nil }
        return (plan.changes.count, journaled?.record.count { $0.kind == .outcome } ?? 0)
    }
}
