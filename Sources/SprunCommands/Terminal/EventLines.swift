internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot
internal import Synchronization

/// The events of a run for programs, as a line of JSON each: `run --json`.
///
/// The first line has the format version, whatever its event is.
final class EventLines: Sendable {
    /// Incremented if a member changes its meaning or is removed; new members and events do not increment it.
    static let formatVersion: Int64 = 1

    private let console: Console
    private let hasBegun = Mutex(false)

    init(console: Console) {
        self.console = console
    }

    func started(_ recipe: String, run: RunID?) {
        var members: JSONObject = ["event": "started", "recipe": .string(recipe)]
        if let run { members["run"] = .string(run.rawValue) }
        write(members)
    }

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
        case .waiting: break
        }
    }

    func result(_ value: JSONValue, _ notes: ResultNotes) {
        var members: JSONObject = ["event": "result", "result": value]
        for (name, places) in [("redacted", notes.redacted), ("unused_secrets", notes.unused)] where places.count > 0 {
            members[name] = .array(places.paths.map { .string($0) })
            let more = places.count - places.paths.count
            if more > 0 { members["\(name)_more"] = .integer(Int64(more)) }
        }
        write(members)
    }

    func failed(_ report: FailureReport) { write(report.json) }

    func ended(_ summary: RunSummary, retries: Int) {
        write([
            "event": "ended", "created": .integer(Int64(summary.created)), "updated": .integer(Int64(summary.updated)),
            "deleted": .integer(Int64(summary.deleted)), "outside": .integer(Int64(summary.outside)),
            "requests": .integer(Int64(summary.calls + retries)),
            "retries": .integer(Int64(retries)), "seconds": .double(summary.elapsed.inSeconds),
        ])
    }

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
