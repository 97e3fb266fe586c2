internal import DurableSteps
internal import Groundwork
internal import RecipeEngine
internal import ServerPilotClient
internal import Synchronization

/// A report for people: results on standard output, everything else on standard error.
final class TextReporter: RunReporter {
    let console: Console
    let isQuiet: Bool
    private let progress: ProgressReport
    /// Whether the recipe has printed text.
    private let hasPrinted = Atomic(false)

    init(_ console: Console, detail: ProgressDetail = .usual) {
        self.console = console
        isQuiet = detail == .quiet
        progress = ProgressReport(console: console, detail: detail)
    }

    var showsOnTerminal: Bool { console.outputIsTerminal }

    var asksOnTerminal: Bool { console.inputIsTerminal }

    func planning(_ recipe: String) { progress.begin("making the plan", recipe: recipe) }

    func started(_ recipe: String, run: RunID?, plan: (total: Int, before: Int)?) {
        progress.begin("running \(recipe)", recipe: recipe, plan: plan)
    }

    func recorded(_ run: RunID) {}

    func show(_ event: RunEvent) {
        if case .printed = event { hasPrinted.store(true, ordering: .relaxed) }
        progress.show(event)
    }

    func showPlanned(_ event: RunEvent) {
        // The recipe's own output helps the reader of the plan, but must not mix with the plan on standard output.
        guard !isQuiet else { return }
        switch event {
        case .printed(let text), .logged(let text, _): note(text.behind("  | "))
        case .warned(let text, let site): warn(text, at: site)
        default: break
        }
    }

    func retrying(_ retry: NetworkTrouble.Retry) { progress.show(retry) }

    func endRetries(_ end: RetryEnd) { progress.end(end) }

    func clear() { progress.clear() }

    func show(_ result: JSONValue, _ notes: ResultNotes) -> String {
        let text = ResultText(
            result, on: console.outputPage, hasPrinted: hasPrinted.load(ordering: .relaxed))
        for line in text.lines { console.output.line(line) }
        if !text.leftOut.isEmpty {
            console.remark("also in the result: \(text.leftOut.joined(separator: ", ")). -o json prints them")
        }
        return text.lines.joined(separator: "\n")
    }

    func show(_ report: some Report) async {
        for line in report.lines(on: console.outputPage) { console.output.line(line) }
        for line in await report.notes(on: console.errorPage) { note(line) }
    }

    func show(_ failure: FailureReport) { note(failure.text(on: console.errorPage)) }

    func ended(_ summary: RunSummary, on target: Target) {
        guard summary.calls > 0, !isQuiet else { return }
        let changes = [
            ("created", summary.created), ("updated", summary.updated), ("deleted", summary.deleted),
            ("outside of ServerPilot", summary.outside),
        ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
        let what = changes.isEmpty ? "nothing changed" : changes.joined(separator: ", ")
        let retries = target.retries()
        let requests = Self.count(summary.calls + retries, "request", "requests")
        let repeated = retries > 0 ? ", " + Self.count(retries, "retry", "retries") : ""
        let clock = target.isSimulated ? " of simulated time" : ""
        if !summary.openActions.isEmpty {
            let actions = ResultNotes.words(summary.openActions)
            console.remark("not waited for: \(actions). ServerPilot may still work on it; sp.wait(actionid) waits")
        }
        note(console.errorStyle.faint("\(what)  \(summary.elapsed.shortText)\(clock)  \(requests)\(repeated)"))
    }

    func remark(_ text: String) {
        if !isQuiet { console.remark(text) }
    }

    private static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }
}
