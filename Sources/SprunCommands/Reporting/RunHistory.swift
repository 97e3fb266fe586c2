internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// The history of a run for people and programs; generated secrets are left out by default.
struct RunHistory: Report {
    let overview: RunOverview
    let entries: [JournalEntry]
    /// The names of the generated secrets that may be in use: a request with them was not rejected.
    let inUse: Set<String>
    /// The commands that continue a run that is not done.
    let nextSteps: NextSteps
    /// Whether the lines contain the generated secrets.
    let revealsSecrets: Bool

    /// Returns a line per entry.
    func lines(on page: Page) -> [String] {
        let (style, header) = (page.style, overview.header)
        var lines = [
            "\(style.bold(header.id.rawValue))  \(overview.status.rawValue)  \(header.recipe.withoutControls)",
            style.faint(
                "started \(header.started.text), sprun \(header.program), \(header.lua), "
                    + header.accountName.withoutControls),
        ]
        for entry in entries {
            if entry.kind == .secret, !revealsSecrets { continue }
            if entry.end?.areSecretsShown == true { continue }
            if entry.kind == .intent, hasOutcome(entry) { continue }
            lines.append(line(entry, style))
        }
        if overview.status.isOpen { lines += nextSteps.lines }
        return lines
    }

    private func hasOutcome(_ intent: JournalEntry) -> Bool {
        entries.contains { $0.kind == .outcome && $0.step == intent.step }
    }

    private func line(_ entry: JournalEntry, _ style: Style) -> String {
        var words = [entry.time.text, sign(entry, style), entry.operation]
        if let object = entry.object { words.append(object.withoutControls) }
        words.append(what(entry))
        if let id = entry.repliedID ?? entry.id { words.append("id=\(id)") }
        if let site = entry.call?.site, !site.isEmpty { words.append(style.faint(site.withoutControls)) }
        return words.filter { !$0.isEmpty }.joined(separator: "  ")
    }

    private func sign(_ entry: JournalEntry, _ style: Style) -> String {
        let operation = ServerPilot.Operation.named(.init(rawValue: entry.operation))
        switch (entry.kind, operation?.effect) {
        case (.outcome, nil) where entry.call?.call.isOutside == true: return style.green("+")
        case (.outcome, .create?): return style.green("+")
        case (.outcome, .delete?): return style.red("-")
        case (.outcome, _): return style.yellow("~")
        case (.intent, _), (.stopped, _): return style.red("?")
        default: return " "
        }
    }

    private func what(_ entry: JournalEntry) -> String {
        if let failure = entry.failure { return "failed: \(failure.message.withoutControls)" }
        switch entry.content {
        case .intent: return "sent, no reply"
        case .outcome(_, let outcome):
            switch outcome.origin {
            case .adopted: return "done; the reply was lost, and sprun found the resource"
            case .repeated: return "done; the reply was lost, and sprun sent the request again"
            case .skipped: return "skipped by a person"
            case .reply, nil: return "done"
            }
        case .observed where entry.wasSkipped: return "skipped by a person"
        case .observed, .plan, .retry: return "read"
        case .recipe: return "saved"
        case .secret(let name, let value):
            return inUse.contains(name) ? value : "generated, never sent"
        case .stopped(_, let stop):
            return stop.reason + (stop.candidates.isEmpty ? "" : ": \(stop.candidates.joined(separator: ", "))")
        case .ended(let end):
            return "ended: \(end.status)" + (end.message.map { ": \($0.withoutControls)" } ?? "")
        }
    }

    /// The history as a JSON object.
    var json: JSONValue {
        let header = overview.header
        let steps = entries.filter { $0.kind != .secret && $0.end?.areSecretsShown != true }.map(Self.document)
        return [
            "format_version": 1, "run": .string(header.id.rawValue), "status": .string(overview.status.rawValue),
            "recipe": .string(header.recipe), "started": .string(header.started.text),
            "account": .string(header.accountName), "steps": .array(steps),
        ]
    }

    private static func document(_ entry: JournalEntry) -> JSONValue {
        var document: JSONObject = [
            "kind": .string(entry.kind.rawValue), "time": .string(entry.time.text),
            "operation": .string(entry.operation),
        ]
        func set(_ name: String, _ text: String?) { document[name] = text.map { .string($0) } }
        func set(_ name: String, _ texts: [String]?) { document[name] = texts.map { .array($0.map { .string($0) }) } }
        set("step", entry.step?.description)
        if let site = entry.call?.site, !site.isEmpty { set("site", site) }
        set("object", entry.object)
        set("by", entry.origin?.rawValue)
        document["attempt"] = entry.intent.map { .integer(Int64($0.attempt)) }
        set("candidates", entry.stop?.candidates)
        set("choices", entry.stop?.choices.map(\.rawValue))
        set("reason", entry.stop?.reason)
        document["failure"] = entry.failure.map(EntryCodec.document)
        set("status", entry.end?.status)
        set("message", entry.end?.message)
        document["id"] = entry.outcome?.data?["id"] ?? entry.id.map { .string($0) }
        // Changes outside the account queue no actions.
        if case .outcome(let call, let outcome) = entry.content, outcome.failure == nil, !call.call.isOutside {
            document["actionid"] = outcome.action.map { .string($0) } ?? .null
        }
        return .object(document)
    }
}
