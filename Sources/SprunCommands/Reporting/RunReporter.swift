internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import RecipeEngine
internal import ServerPilotClient

/// The output of a verb: `TextReporter` for people, `JSONReporter` for programs.
///
/// `OutputOptions` selects the reporter. Nothing else asks whether the output is JSON.
protocol RunReporter: Sendable {
    /// The streams of the process.
    var console: Console { get }

    /// Whether results go to a terminal; they may then contain secrets.
    var showsOnTerminal: Bool { get }

    /// Whether the user can be asked for missing parameters.
    var asksOnTerminal: Bool { get }

    /// Whether only results and errors are shown.
    var isQuiet: Bool { get }

    /// Reports that sprun makes a plan for a recipe.
    func planning(_ recipe: String)

    /// Reports that a run begins.
    ///
    /// - Parameters:
    ///   - recipe: The name of the recipe.
    ///   - run: The run's id in the journal; `nil` for a new run, which the journal does not contain yet.
    ///   - plan: The number of planned changes, and of those that an earlier execution made; `nil` without a plan.
    func started(_ recipe: String, run: RunID?, plan: (total: Int, before: Int)?)

    /// Reports that the journal contains a new run from now on, right before its first change is sent.
    func recorded(_ run: RunID)

    /// Shows an event of a run.
    func show(_ event: RunEvent)

    /// Shows an event of a recipe that is only planned.
    func showPlanned(_ event: RunEvent)

    /// Reports that a request failed and will be sent again.
    func retrying(_ retry: NetworkTrouble.Retry)

    /// Reports that a request that was sent again has ended.
    func endRetries(_ end: RetryEnd)

    /// Ends the progress of a run or a plan, and removes its temporary lines.
    func clear()

    /// Shows the result of a run.
    ///
    /// - Returns: The shown text, which can omit values.
    func show(_ result: JSONValue, _ notes: ResultNotes) -> String

    /// Shows a document.
    func show(_ report: some Report) async

    /// Shows a failure.
    func show(_ failure: FailureReport)

    /// Shows the counts of a run that has ended.
    func ended(_ summary: RunSummary, on target: Target)

    /// Writes a line to standard error that programs do not get.
    func remark(_ text: String)
}

extension RunReporter {
    /// Writes a line to standard error.
    func note(_ text: String) { console.note(text) }

    /// Writes a warning and its recipe line to standard error.
    func warn(_ text: String, at site: LuaCallSite? = nil) {
        if !isQuiet { console.warn(text, at: site) }
    }

    /// Reports any error.
    ///
    /// - Returns: The exit status for it.
    func report(_ error: any Error) -> ExitStatus {
        let failure = FailureReport(error)
        show(failure)
        return failure.kind.exit
    }
}
