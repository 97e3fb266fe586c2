internal import Groundwork

/// All kinds of failure, one line each.
struct FailureList: Report {
    func lines(on page: Page) -> [String] {
        let entries = FailureCatalogue.all.map { (name: $0.number, text: $0.title) }
        return NameList(entries, on: page).shortened(page.style)
    }

    func notes(on page: Page) async -> [String] { ["one error: sprun explain CODE"] }

    var json: JSONValue {
        let errors = FailureCatalogue.all.map { kind -> JSONValue in
            ["number": .string(kind.number), "code": .string(kind.code), "title": .string(kind.title)]
        }
        return ["format_version": 1, "errors": .array(errors)]
    }
}
