internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// A plan for people: creations, changes and deletions by server, then warnings and assumptions.
struct PlanText {
    private let plan: Plan
    /// Whether the changes are counted instead of listed.
    private let isSummary: Bool
    private let style: Style
    private let width: Int?
    private let madeUp: [String: String]
    private let redactor: Redactor

    /// Creates the text; the redactor removes further secrets besides the plan's own.
    init(_ plan: Plan, redactedBy redactor: Redactor, on page: Page, isSummary: Bool = false) {
        self.plan = plan
        self.isSummary = isSummary
        style = page.style
        width = page.width
        madeUp = plan.madeUpIDs
        self.redactor = redactor.union(plan.redactor)
    }

    /// The lines of the whole plan.
    var lines: [String] {
        var lines: [String] = []
        var groups: OrderedDictionary<String, [PlannedChange]> = [:]
        for change in plan.changes { groups[group(change), default: []].append(change) }
        for (server, changes) in groups {
            lines.append(style.bold(server.withoutControls))
            lines += shown(changes) + [""]
        }
        lines += isSummary && plan.branches.count > 1 ? branchCounts : plan.branches.flatMap(shown)
        let warnings = isSummary ? plan.warnings.prefix(Self.summaryWarnings) : plan.warnings[...]
        for warning in warnings { lines += wrapped(redactor.redact(warning), "\(style.yellow("warning:")) ", 9) }
        if warnings.count < plan.warnings.count {
            lines.append("\(style.yellow("warning:")) \(plan.warnings.count - warnings.count) more; see the whole plan")
        }
        for assumption in plan.assumptions {
            lines += wrapped(redactor.redact(assumption), "\(style.blue("assumed:")) ", 9)
        }
        if !plan.warnings.isEmpty || !plan.assumptions.isEmpty { lines.append("") }
        lines.append(summary)
        return lines
    }

    private func group(_ change: PlannedChange) -> String {
        change.isOutside ? "outside of ServerPilot" : change.detail?.server ?? "account"
    }

    /// The counts, as in `Plan: 3 to add, 1 to change, 0 to delete.`, or that there are no changes.
    private var summary: String {
        let more = plan.branches.isEmpty ? "" : style.faint("  The conditions above can change this.")
        guard plan.hasChanges else { return style.bold("No changes.") + more }
        let outside = plan.countOutside > 0 ? "; \(plan.countOutside) outside of ServerPilot" : ""
        let fallen = plan.countFallen > 0 ? " (and \(plan.countFallen) more with them)" : ""
        let counts =
            "\(plan.count(.create)) to add, \(plan.count(.update)) to change, \(plan.count(.delete)) to delete"
            + "\(fallen)\(outside)."
        let time = plan.duration > .seconds(1) ? style.faint("  about \(plan.duration.shortText)") : ""
        return style.bold("Plan: \(counts)") + time + more
    }

    // MARK: One branch

    /// The counts of the changes in all branches; a run takes some of the branches.
    private var branchCounts: [String] {
        let failures = plan.branches.count { $0.failure != nil }
        return ["If some of \(plan.branches.count) conditions hold by then, up to:"]
            + shown(plan.branches.flatMap(\.changes))
            + (failures > 0 ? ["  \(style.yellow("!")) \(failures) x the recipe fails"] : []) + [""]
    }

    /// Returns the lines of a branch: `If AutoSSL is available for the app 'acme' by then:`, then its changes.
    private func shown(_ branch: PlanBranch) -> [String] {
        let conditions = branch.conditions.map(\.words).joined(separator: ", and ")
        var lines = wrapped("If \(redactor.redact(conditions)) by then:", "", 0)
        let replaced = plan.replaced(by: branch).map { PlanChangeView($0, madeUp: madeUp).title }
        if !replaced.isEmpty {
            lines += wrapped("without \(redactor.redact(replaced.joined(separator: ", ")))", "  ", 2)
        }
        lines += shown(branch.changes)
        if let failure = branch.failure {
            lines += wrapped("the recipe fails: \(redactor.redact(failure))", "  \(style.yellow("!")) ", 4)
        }
        return lines + [""]
    }

    // MARK: Changes

    /// The number of warnings in a summary.
    private static let summaryWarnings = 3

    private func shown(_ changes: [PlannedChange]) -> [String] {
        guard isSummary else { return changes.flatMap(shown) }
        let groups = OrderedDictionary(grouping: changes) { change in
            [mark(change), PlanChangeView(change, madeUp: madeUp).category]
        }
        let width = groups.values.map { String($0.count).count }.max() ?? 0
        return groups.map { group, changes in
            let count = String(changes.count)
            let pad = String(repeating: " ", count: width - count.count)
            return "  \(group[0]) \(pad)\(count) x \(group[1])"
        }
    }

    private func mark(_ change: PlannedChange) -> String {
        switch ServerPilot.Operation.named(change.operation)?.effect {
        case _ where change.refusal != nil: style.yellow("!")
        case _ where change.isOutside: style.green("+")
        case .create: style.green("+")
        case .delete: style.red("-")
        default: style.yellow("~")
        }
    }

    private func shown(_ change: PlannedChange) -> [String] {
        let view = PlanChangeView(change, madeUp: madeUp)
        var head = "  \(mark(change)) \(redactor.redact(view.title).withoutControls)"
        if let work = change.detail?.work, work > .seconds(1) { head += style.faint("  about \(work.shortText)") }
        var lines = [head]
        if let refusal = change.refusal {
            return lines + wrapped("would be rejected: \(redactor.redact(refusal))", "      ", 6)
        }
        if !view.dependents.isEmpty { lines += wrapped("deletes \(redactor.redact(view.dependents))", "      ", 6) }
        let name = view.fields.map(\.name.count).max() ?? 0
        for content in PlannedContent.all(of: change, redactedBy: redactor) {
            lines.append("      \(content.name)  \(style.faint(content.summary))")
            for line in content.lines { lines += wrapped(line, "        | ", 10, "        | ") }
        }
        for field in view.fields {
            let label = "      \(field.name)\(String(repeating: " ", count: name - field.name.count))  "
            lines += wrapped(redactor.redact(field.text), label, label.count)
        }
        return lines
    }

    /// Returns a text in lines that fit the width, broken between words.
    private func wrapped(_ text: String, _ first: String, _ indent: Int, _ next: String? = nil) -> [String] {
        let text = text.withoutControls
        guard let width, width > indent + 20 else { return [first + text] }
        let margin = next ?? String(repeating: " ", count: indent)
        return text.rows(of: width - indent).enumerated().map { ($0 == 0 ? first : margin) + $1 }
    }
}
