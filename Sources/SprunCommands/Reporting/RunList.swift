internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine

/// The runs of the journal, or those that `sprun runs --prune` deleted.
struct RunList: Report {
    let runs: [ListedRun]
    let areForgotten: Bool
    /// The time of the list, from which the ages are counted.
    let now: Timestamp
    /// Whether runs were left out.
    let isFiltered: Bool

    func lines(on page: Page) -> [String] {
        guard !runs.isEmpty else { return [] }
        let accounts = OrderedSet(runs.map(\.header.accountName))
        guard accounts.count > 1 else { return Self.table(runs, since: now, on: page) }
        return accounts.flatMap { account in
            [page.style.bold(account.withoutControls)]
                + Self.table(runs.filter { $0.header.accountName == account }, since: now, on: page)
        }
    }

    func notes(on page: Page) async -> [String] {
        guard runs.isEmpty else { return areForgotten ? ["deleted \(Self.count(runs.count))"] : [] }
        if areForgotten { return ["no runs to delete"] }
        return [
            isFiltered
                ? "no such runs"
                : "no runs recorded yet; simulated runs, and runs that changed nothing, are not recorded"
        ]
    }

    /// Returns "1 run", or the number of the runs.
    static func count(_ number: Int) -> String { number == 1 ? "1 run" : "\(number) runs" }

    /// Returns a table with a line for each run.
    static func table(_ runs: [ListedRun], since now: Timestamp, on page: Page) -> [String] {
        let style = page.style
        let titles = ["RUN", "STATE", "AGE", "TOOK", "CHANGES", "RECIPE"].map { TextTable.Cell($0, style.faint) }
        let rows = runs.map { run -> [TextTable.Cell] in
            [
                .init(run.header.id.rawValue, style.bold), .init(run.state.words) { run.state.paint($0, style) },
                .init((now - run.header.started).ageText), .init(run.duration.shortText),
                .init(String(run.overview.changes)), .init(run.call),
            ]
        }
        return TextTable(rows: [titles] + rows).lines(width: page.width)
    }

    var json: JSONValue {
        let documents = runs.map { run -> JSONValue in
            [
                "run": .string(run.header.id.rawValue), "status": .string(run.overview.status.rawValue),
                "state": .string(run.state.rawValue), "recipe": .string(run.header.recipe),
                "parameters": run.header.parametersJSON,
                "started": .string(run.header.started.text), "updated": .string(run.overview.updated.text),
                "seconds": .double(run.duration.inSeconds), "changes": .integer(Int64(run.overview.changes)),
                "account": .string(run.header.accountName),
            ]
        }
        return ["format_version": 1, areForgotten ? "forgotten" : "runs": .array(documents)]
    }
}
