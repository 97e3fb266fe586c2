internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// The history of a run for people and programs; generated secrets are left out by default.
struct RunHistory {
    let overview: RunOverview
    let entries: [JournalEntry]
    /// The names of the generated secrets that may be in use: a request with them was not rejected.
    let inUse: Set<String>
    /// The commands that continue a run that is not done.
    let wayOn: WayOn

    /// Returns a line per entry.
    func lines(_ style: Style, reveal: Bool) -> [String] {
        let header = overview.header
        var lines = [
            "\(style.bold(header.id.rawValue))  \(overview.status.rawValue)  \(header.recipe.withoutControls)",
            style.faint(
                "begun \(header.started.text), sprun \(header.program), \(header.lua), "
                    + header.accountName.withoutControls),
        ]
        for entry in entries {
            if entry.kind == .secret, !reveal { continue }
            if entry.body["shown"] == true { continue }
            if entry.kind == .intent, hasOutcome(entry) { continue }
            lines.append(line(entry, style))
        }
        if overview.status.isOpen { lines += wayOn.lines }
        return lines
    }

    private func hasOutcome(_ intent: JournalEntry) -> Bool {
        entries.contains { $0.kind == .outcome && $0.step == intent.step }
    }

    private func line(_ entry: JournalEntry, _ style: Style) -> String {
        var words = [entry.time.text, sign(entry, style), entry.operation]
        if let object = entry.body["object"]?.stringValue { words.append(object.withoutControls) }
        words.append(what(entry))
        if let id = (entry.body["reply"]?["data"]?["id"] ?? entry.body["id"])?.stringValue { words.append("id=\(id)") }
        if !entry.site.isEmpty { words.append(style.faint(entry.site.withoutControls)) }
        return words.filter { !$0.isEmpty }.joined(separator: "  ")
    }

    private func sign(_ entry: JournalEntry, _ style: Style) -> String {
        let operation = ServerPilot.Operation.named(.init(rawValue: entry.operation))
        switch (entry.kind, operation?.effect) {
        case (.outcome, nil) where entry.isOutside: return style.green("+")
        case (.outcome, .create?): return style.green("+")
        case (.outcome, .delete?): return style.red("-")
        case (.outcome, _): return style.yellow("~")
        case (.intent, _), (.stopped, _): return style.red("?")
        default: return " "
        }
    }

    private func what(_ entry: JournalEntry) -> String {
        if let failure = entry.body["failure"]?["message"]?.stringValue { return "failed: \(failure.withoutControls)" }
        switch entry.kind {
        case .intent: return "sent, and no answer"
        case .outcome:
            switch entry.body["by"]?.stringValue {
            case "adopted": return "done; the answer was lost, and what it told of was found"
            case "repeated": return "done; the answer was lost, and it was sent again"
            case "skipped": return "left out by the decision of a person"
            default: return "done"
            }
        case .observed where entry.wasSkipped: return "left out by the decision of a person"
        case .observed: return entry.operation == "recipe" ? "kept" : "seen"
        case .secret:
            guard inUse.contains(entry.operation) else { return "generated, and nothing was sent with it" }
            return entry.body["value"]?.stringValue ?? ""
        case .stopped:
            let ids = entry.body["candidates"]?.arrayValue?.compactMap(\.stringValue) ?? []
            return (entry.body["reason"]?.stringValue ?? "") + (ids.isEmpty ? "" : ": \(ids.joined(separator: ", "))")
        case .ended:
            return "ended: " + (entry.body["status"]?.stringValue ?? "")
                + (entry.body["message"]?.stringValue.map { ": \($0.withoutControls)" } ?? "")
        }
    }

    /// The history as a JSON object.
    var json: JSONValue {
        let header = overview.header
        let steps = entries.filter { $0.kind != .secret && $0.body["shown"] != true }.map { entry -> JSONValue in
            var document: JSONObject = [
                "kind": .string(entry.kind.rawValue), "time": .string(entry.time.text),
                "operation": .string(entry.operation),
            ]
            if let step = entry.step { document["step"] = .string(step.description) }
            if !entry.site.isEmpty { document["site"] = .string(entry.site) }
            for name in ["object", "by", "attempt", "candidates", "choices", "reason", "failure", "status", "message"] {
                document[name] = entry.body[name]
            }
            if let id = entry.body["reply"]?["data"]?["id"] ?? entry.body["id"] { document["id"] = id }
            if let action = entry.body["reply"]?["actionid"] { document["actionid"] = action }
            return .object(document)
        }
        return [
            "format_version": 1, "run": .string(header.id.rawValue), "status": .string(overview.status.rawValue),
            "recipe": .string(header.recipe), "started": .string(header.started.text),
            "account": .string(header.accountName), "steps": .array(steps),
        ]
    }
}
