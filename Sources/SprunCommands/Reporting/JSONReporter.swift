internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot
internal import ServerPilotClient
internal import Synchronization

/// A report for programs: a line of JSON per event or document on standard output.
///
/// The first event has the format version. Notes and warnings for people go to standard error.
final class JSONReporter: RunReporter {
    /// Incremented if a member changes its meaning or is removed; new members and events do not increment it.
    static let formatVersion: Int64 = 2

    let console: Console
    private let progress: ProgressReport
    private let hasBegun = Mutex(false)

    init(_ console: Console) {
        self.console = console
        progress = ProgressReport(console: console, isLive: false)
    }

    var isQuiet: Bool { false }

    var showsOnTerminal: Bool { false }

    var asksOnTerminal: Bool { false }

    func planning(_ recipe: String) {}

    func started(_ recipe: String, run: RunID?, plan: (total: Int, before: Int)?) {
        var members: JSONObject = ["event": "started", "recipe": .string(recipe)]
        if let run { members["run"] = .string(run.rawValue) }
        write(members)
    }

    func recorded(_ run: RunID) { write(["event": "recorded", "run": .string(run.rawValue)]) }

    func show(_ event: RunEvent) {
        switch event {
        case .printed(let text): write(["event": "printed", "text": .string(text)])
        case .logged(let text, let site): write(["event": "logged", "text": .string(text)], at: site)
        case .warned(let text, let site): write(["event": "warned", "text": .string(text)], at: site)
        case .changed(let change):
            var members: JSONObject = [
                "event": "changed", "operation": .string(change.operation.name.rawValue),
                "object": .string(change.object), "seconds": .double(change.elapsed.inSeconds),
            ]
            if let id = change.id { members["id"] = .string(id) }
            if let action = change.actionID { members["actionid"] = .string(action.rawValue) }
            write(members)
        case .performed(let outside):
            write([
                "event": "performed", "operation": .string(outside.name), "object": .string(outside.object),
                "seconds": .double(outside.elapsed.inSeconds),
            ])
        case .waited(let wait):
            write([
                "event": "waited", "actionid": .string(wait.actionID.rawValue), "subject": .string(wait.subject),
                "seconds": .double(wait.elapsed.inSeconds),
            ])
        case .running, .returned, .item: break
        }
    }

    func showPlanned(_ event: RunEvent) {
        if case .warned(let text, let site) = event { warn(text, at: site) }
    }

    func retrying(_ retry: NetworkTrouble.Retry) { progress.show(retry) }

    func endRetries(_ end: RetryEnd) { progress.end(end) }

    func clear() { progress.clear() }

    func show(_ result: JSONValue, _ notes: ResultNotes) -> String {
        var members: JSONObject = ["event": "result", "result": result]
        for (name, places) in [("redacted", notes.redacted), ("unused_secrets", notes.unused)] where places.count > 0 {
            members[name] = .array(places.paths.map { .string($0) })
            let more = places.count - places.paths.count
            if more > 0 { members["\(name)_more"] = .integer(Int64(more)) }
        }
        write(members)
        return result.text()
    }

    func show(_ report: some Report) async { console.output.line(report.json.text()) }

    func show(_ failure: FailureReport) {
        write(failure.json)
        note(failure.text(on: console.errorPage))
    }

    func ended(_ summary: RunSummary, on target: Target) {
        let retries = target.retries()
        write([
            "event": "ended", "created": .integer(Int64(summary.created)), "updated": .integer(Int64(summary.updated)),
            "deleted": .integer(Int64(summary.deleted)), "outside": .integer(Int64(summary.outside)),
            "open_actions": .array(summary.openActions.map { .string($0) }),
            "requests": .integer(Int64(summary.calls + retries)),
            "retries": .integer(Int64(retries)), "seconds": .double(summary.elapsed.inSeconds),
        ])
    }

    func remark(_ text: String) {}

    private func write(_ members: JSONObject, at site: LuaCallSite?) {
        guard let site else { return write(members) }
        write(members.merging(["file": .string(site.source), "line": .integer(Int64(site.line))]) { $1 })
    }

    private func write(_ members: JSONObject) {
        let isFirst = hasBegun.withLock { hasBegun in
            defer { hasBegun = true }
            return !hasBegun
        }
        var members = members
        if isFirst {
            members.updateValue(.integer(Self.formatVersion), forKey: "format_version", insertingAt: 1)
        }
        console.output.line(JSONValue.object(members).text())
        // Flush, because a program that follows the run needs each event at once.
        console.output.flush()
    }
}
