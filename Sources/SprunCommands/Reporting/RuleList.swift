internal import Groundwork
internal import OrderedCollections
internal import ServerPilot
internal import ServerPilotSimulator

/// The list of all API rules that `sprun simulate --rules` prints.
struct RuleList: Report {
    /// The rules that the simulation keeps.
    let choices: RuleChoices

    /// Returns the list for people: each rule with its evidence; if it can be switched, also its settings.
    func lines(on page: Page) -> [String] {
        let style = page.style
        let width = RuleEntry.all.map(\.id.count).max() ?? 0
        func column(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(0, width - text.count))
        }
        var lines: [String] = []
        for entry in RuleEntry.all {
            let status = entry.status.map { "\($0)" } ?? ""
            lines.append(
                style.bold(column(entry.id, width)) + "  " + evidence(entry, style) + "  " + column(status, 3) + "  "
                    + entry.sentence)
            var more: [String] = []
            if let toggle = entry.toggle, let setting = choices.setting(of: entry) {
                let others = toggle.settings.filter { $0 != setting }
                    .map { "\(entry.id)=\($0.name): \(entry.words(for: $0))" }
                more.append(([setting.name] + others).joined(separator: "; "))
            }
            if !entry.operations.isEmpty { more.append(entry.operations.map(\.rawValue).joined(separator: ", ")) }
            if !more.isEmpty {
                let indent = String(repeating: " ", count: width + 2)
                lines.append(indent + style.faint(more.joined(separator: " · ")))
            }
        }
        let counts = Evidence.allCases.map { evidence in
            "\(RuleEntry.all.count { $0.evidence == evidence }) \(evidence)"
        }
        return lines + ["\(RuleEntry.all.count) rules: \(counts.joined(separator: ", "))"]
    }

    private func evidence(_ entry: RuleEntry, _ style: Style) -> String {
        let longest = Evidence.allCases.map(\.rawValue.count).max() ?? 0
        let padded = entry.evidence.rawValue + String(repeating: " ", count: longest - entry.evidence.rawValue.count)
        return entry.evidence == .inferred ? style.yellow(padded) : padded
    }

    /// The list as a JSON object.
    var json: JSONValue {
        let rules = RuleEntry.all.map { entry -> JSONValue in
            let settings = (entry.toggle?.settings ?? []).map { setting -> JSONValue in
                ["name": .string(setting.name), "means": .string(entry.words(for: setting))]
            }
            let members: JSONObject = [
                "id": .string(entry.id), "evidence": .string(entry.evidence.rawValue),
                "status": entry.status.map { .integer(Int64($0)) } ?? .null, "rule": .string(entry.sentence),
                "operations": .array(entry.operations.map { .string($0.rawValue) }),
                "can_be_switched": .bool(entry.toggle != nil), "holds": .bool(choices.keeps(entry)),
                "setting": choices.setting(of: entry).map { .string($0.name) } ?? .null,
                "settings": .array(settings),
            ]
            return .object(members)
        }
        return ["format_version": 2, "rules": .array(rules)]
    }
}
