internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine

/// The runs of the journal, or those that `sprun runs --prune` deleted.
struct RunList: Report {
    let runs: [RunOverview]
    let areForgotten: Bool

    func lines(on page: Page) -> [String] {
        runs.map { (areForgotten ? "deleted  " : "") + Self.line($0, page.style) }
    }

    func notes(on page: Page) async -> [String] {
        guard runs.isEmpty else { return [] }
        return [areForgotten ? "no runs to delete" : "no runs recorded yet; simulated runs are not recorded"]
    }

    /// Returns the line of a run in the list.
    static func line(_ run: RunOverview, _ style: Style) -> String {
        let status = run.status.rawValue
        let padded = status + String(repeating: " ", count: max(0, 10 - status.count))
        let shown =
            switch run.status {
            case .done: style.green(padded)
            case .failed, .stopped: style.red(padded)
            case .unfinished: style.yellow(padded)
            case .undone: padded
            }
        let changes = "\(run.changes) change\(run.changes == 1 ? "" : "s")"
        return "\(style.bold(run.header.id.rawValue))  \(shown)  \(run.header.started.text)  "
            + "\(run.header.recipe.withoutControls)  \(changes)  " + style.faint(run.header.accountName.withoutControls)
    }

    var json: JSONValue {
        let documents = runs.map { run -> JSONValue in
            [
                "run": .string(run.header.id.rawValue), "status": .string(run.status.rawValue),
                "recipe": .string(run.header.recipe), "started": .string(run.header.started.text),
                "updated": .string(run.updated.text), "changes": .integer(Int64(run.changes)),
                "account": .string(run.header.accountName),
            ]
        }
        return ["format_version": 1, areForgotten ? "forgotten" : "runs": .array(documents)]
    }
}
