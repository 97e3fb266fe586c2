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
}
