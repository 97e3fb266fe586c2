internal import Groundwork
internal import RecipePlanner

/// A plan as `sprun plan` prints it.
struct PlanReport: Report {
    let planned: RecipePlanner.Planned
    /// The file that the plan was written to; `nil` for none.
    let file: String?
    /// Whether the changes are counted instead of listed.
    var isSummary = false

    func lines(on page: Page) -> [String] {
        PlanText(planned.plan, redactedBy: planned.redactor, on: page, isSummary: isSummary).lines
    }

    func notes(on page: Page) async -> [String] {
        let requests = planned.requests == 1 ? "1 request" : "\(planned.requests) requests"
        return [page.style.faint("\(requests), all GET")]
            + (file.map { ["apply it with: sprun apply \($0)"] } ?? [])
    }

    var json: JSONValue { PlanJSON(planned.plan, redactedBy: planned.redactor).value }
}
