internal import Groundwork
internal import OrderedCollections
internal import RecipeLanguage

/// The recipes of a project and those that ship, with their summaries.
struct RecipeList: Report {
    let entries: [RecipeCollection.Entry]

    private static let titles: [RecipeCollection.Entry.Origin: String] = [
        .project: "in this folder", .lock: "in sprun.lock", .shipped: "ship with sprun",
    ]

    func lines(on page: Page) -> [String] {
        let style = page.style
        var lines: [String] = []
        func section(_ title: String, _ entries: [RecipeCollection.Entry]) {
            guard !entries.isEmpty else { return }
            let words = entries.map { (name: $0.name.withoutControls, text: Self.summary(of: $0)) }
            lines += (lines.isEmpty ? [] : [""]) + [style.bold(title)] + NameList(words, on: page).wrapped(style)
        }
        for origin in RecipeCollection.Entry.Origin.allCases {
            section(Self.titles[origin] ?? "", entries.filter { $0.origin == origin && !$0.isLibrary })
        }
        section("libraries, for import", entries.filter(\.isLibrary))
        return lines
    }

    func notes(on page: Page) async -> [String] { ["parameters: sprun help RECIPE"] }

    private static func summary(of entry: RecipeCollection.Entry) -> String {
        if let header = entry.header { return header.summary.withoutControls }
        return entry.problem.map { "cannot be read: \($0)".withoutControls } ?? "a script without a header"
    }

    var json: JSONValue {
        let recipes = entries.map { entry -> JSONValue in
            func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
            return [
                "name": .string(entry.name), "origin": .string(entry.origin.rawValue),
                "summary": text(entry.header?.summary), "version": text(entry.header?.version),
                "library": .bool(entry.isLibrary), "problem": text(entry.problem),
            ]
        }
        return ["format_version": 1, "recipes": .array(recipes)]
    }
}
