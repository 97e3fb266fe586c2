internal import OrderedCollections
internal import ServerPilot
internal import ServerPilotSimulator

/// Every rule of the API as `sprun simulate --rules` prints it.
struct RuleList {
    /// Which of them are kept.
    let choices: RuleChoices

    /// As text for people: what is known, then what happens where a rule that may be wrong does not hold.
    func text(_ style: Style) -> String {
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
            if let toggle = entry.toggle {
                let state = choices.keeps(entry) ? "on" : "off"
                more.append(
                    toggle.isOnByDefault
                        ? "\(state); when off: \(toggle.words)" : "\(state) unless switched on: practice accepts more")
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
        lines.append("\(RuleEntry.all.count) rules: \(counts.joined(separator: ", "))")
        return lines.joined(separator: "\n")
    }

    private func evidence(_ entry: RuleEntry, _ style: Style) -> String {
        let longest = Evidence.allCases.map(\.rawValue.count).max() ?? 0
        let padded = entry.evidence.rawValue + String(repeating: " ", count: longest - entry.evidence.rawValue.count)
        return entry.evidence == .inferred ? style.yellow(padded) : padded
    }

    /// As one JSON object.
    var json: JSONValue {
        let rules = RuleEntry.all.map { entry -> JSONValue in
            var members: JSONObject = [
                "id": .string(entry.id), "evidence": .string(entry.evidence.rawValue),
                "status": entry.status.map { .integer(Int64($0)) } ?? .null, "rule": .string(entry.sentence),
                "operations": .array(entry.operations.map { .string($0.rawValue) }),
                "can_be_switched": .bool(entry.toggle != nil), "on": .bool(choices.keeps(entry)),
            ]
            if let toggle = entry.toggle { members["when_off"] = .string(toggle.words) }
            return .object(members)
        }
        return ["format_version": 1, "rules": .array(rules)]
    }
}
