internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot
internal import ServerPilotSimulator

/// Warnings about a plan: the known traps of ServerPilot, and facts that cannot be known.
enum PlanWarnings {
    /// The number of names that a sentence lists; further names are only counted.
    private static let listed = 3

    static func warnings(of plan: Plan, at now: Timestamp) -> [String] {
        var warnings: OrderedSet<String> = []
        let apps = plan.changes.count { $0.operation == "create_app" && $0.refusal == nil }
        if apps > 0 { warnings.append("ServerPilot bills for \(apps == 1 ? "one more app" : "\(apps) more apps").") }
        for change in plan.allChanges where change.refusal == nil {
            let name = self.name(change)
            warnings.append(
                contentsOf: CertificateWarnings(now: now).warnings(
                    of: change.operation, change.arguments, app: change.detail?.before, called: name))
            if change.operation == "update_app", change.arguments["runtime"] != nil,
                let neighbours = change.detail?.neighbours, !neighbours.isEmpty
            {
                warnings.append(
                    "The new runtime of '\(name)' restarts PHP-FPM for other apps on \(change.detail?.server ?? "its server"): "
                        + "\(list(neighbours)).")
            }
            if change.operation == "update_app", let domains = change.arguments["domains"]?.arrayValue {
                let before = change.detail?.before?["domains"]?.arrayValue ?? []
                let lost = before.filter { !domains.contains($0) }.compactMap(\.stringValue)
                if !lost.isEmpty {
                    warnings.append("The update replaces all domains of '\(name)' and removes \(list(lost)).")
                }
            }
        }
        return warnings.elements
    }

    static func assumptions(_ refusals: [OverlayRefusal], _ plan: Plan) -> [String] {
        var assumptions: OrderedSet<String> = []
        for refusal in refusals where refusal.evidence == .inferred {
            assumptions.append(
                "ServerPilot rejects \(refusal.operation) here. This is inferred, not documented (rule "
                    + "\(refusal.ruleID))."
            )
        }
        if plan.allChanges.contains(where: { $0.operation == "delete_server" && !($0.detail?.fallen.isEmpty ?? true) })
        {
            assumptions.append(
                "Deleting a server deletes its system users, apps and databases. This is inferred, not documented.")
        }
        return assumptions.elements
    }

    /// Returns the assumption of a plan that does not cover all cases: not every way was tried, or a trial follows no
    /// way of the plan.
    static func cutOff(_ left: Int) -> String {
        let untried = left == 0 ? "" : " (\(left) were not tried)"
        return "Timing may lead to more branches than this plan covers\(untried). If the run needs another change, "
            + "it stops before the request."
    }

    static func name(_ change: PlannedChange) -> String {
        change.arguments["name"]?.stringValue ?? change.detail?.before?["name"]?.stringValue
            ?? change.arguments["id"]?.stringValue ?? "?"
    }

    static func list(_ names: [String]) -> String {
        let more = names.count > listed ? " and \(names.count - listed) more" : ""
        return names.prefix(listed).joined(separator: ", ") + more
    }
}
