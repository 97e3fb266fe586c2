internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// The history of a run for people and programs; generated secrets are left out by default.
struct RunHistory: Report {
    let run: ListedRun
    let entries: [JournalEntry]
    /// The names of the generated secrets that may be in use: a request with them was not rejected.
    let inUse: Set<String>
    /// The commands that continue a run that is not done.
    let nextSteps: NextSteps
    /// Whether the lines contain the generated secrets.
    let revealsSecrets: Bool

    /// Returns the lines about the run, then a line per entry.
    func lines(on page: Page) -> [String] {
        let (style, header) = (page.style, run.header)
        let lines = [
            "\(style.bold(header.id.rawValue))  \(run.state.paint(run.state.words, style))  \(run.call)",
            style.faint(
                "started \(header.started.text), took \(run.duration.shortText), sprun \(header.program), "
                    + "\(header.lua), \(header.accountName.withoutControls)"),
        ]
        let shown = entries.filter { entry in
            switch entry.kind {
            case .secret: revealsSecrets
            case .intent: !hasOutcome(entry)
            default: entry.end?.areSecretsShown != true
            }
        }
        // A site or a name may be cut, a failure not.
        let table = TextTable(rows: shown.map { cells($0, style, width: page.width) }, cut: [2, 3], wrapsLast: true)
            .lines(width: page.width)
        return lines + table + (run.overview.status.isOpen && run.state != .running ? nextSteps.lines : [])
    }

    private func hasOutcome(_ intent: JournalEntry) -> Bool {
        entries.contains { $0.kind == .outcome && $0.step == intent.step }
    }

    private func cells(_ entry: JournalEntry, _ style: Style, width: Int?) -> [TextTable.Cell] {
        let call = [entry.operation, entry.object?.withoutControls].compactMap(\.self).joined(separator: " ")
        return [
            .init(width == nil ? entry.time.text : time(of: entry), style.faint), sign(entry, style), .init(call),
            .init(entry.call?.site.withoutControls ?? "", style.faint),
            .init([what(entry), (entry.repliedID ?? entry.id).map { "id=\($0)" } ?? ""].joined(separator: "  ")),
        ]
    }

    /// Returns the time of an entry, without the date if the run started on the same day.
    private func time(of entry: JournalEntry) -> String {
        let (text, start) = (entry.time.text, run.header.started.text)
        return text.prefix(10) == start.prefix(10) ? String(text.dropFirst(11).prefix(8)) : text
    }

    private func sign(_ entry: JournalEntry, _ style: Style) -> TextTable.Cell {
        let operation = ServerPilot.Operation.named(.init(rawValue: entry.operation))
        switch (entry.kind, operation?.effect) {
        case (.outcome, nil) where entry.call?.call.isOutside == true: return .init("+", style.green)
        case (.outcome, .create?): return .init("+", style.green)
        case (.outcome, .delete?): return .init("-", style.red)
        case (.outcome, _): return .init("~", style.yellow)
        case (.intent, _), (.stopped, _): return .init("?", style.red)
        default: return .init(" ")
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
            return RunState(entry.runStatus, isRunning: false).words
                + (end.message.map { ": \($0.withoutControls)" } ?? "")
        }
    }

    /// The history as a JSON object.
    var json: JSONValue {
        let header = run.header
        let steps = entries.filter { $0.kind != .secret && $0.end?.areSecretsShown != true }.map(Self.document)
        return [
            "format_version": 1, "run": .string(header.id.rawValue), "status": .string(run.overview.status.rawValue),
            "state": .string(run.state.rawValue), "recipe": .string(header.recipe),
            "parameters": header.parametersJSON,
            "started": .string(header.started.text), "seconds": .double(run.duration.inSeconds),
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
