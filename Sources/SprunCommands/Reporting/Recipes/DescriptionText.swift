internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage

/// The description of a recipe for people.
///
/// The author's text stands behind a bar, so that none of its lines imitates a line of sprun. The needs come last, in
/// sprun's words with names in quotation marks, because a question about the recipe is about its needs.
struct DescriptionText {
    private let description: RecipeDescription
    private let name: String
    private let style: Style
    private let width: Int
    private let limits: Limits

    /// The largest number of rows per part.
    private struct Limits {
        let summary: Int
        let description: Int
        let section: Int
        let imports: Int

        /// Limits for a description on its own.
        static let whole = Limits(summary: 1000, description: 1000, section: 1000, imports: 1000)
        /// Limits before a question: a usual terminal has 24 rows, and the needs come last.
        static let question = Limits(summary: 2, description: 4, section: 6, imports: 12)
    }

    /// The characters of a name or a version that are shown; the author chose them.
    private static let longestName = 40
    private static let bar = "  | "
    /// The columns if the terminal's width is not known.
    private static let usualWidth = 80

    /// Creates the text, which is short if a question follows; `name` is the origin of the recipe.
    init(_ description: RecipeDescription, _ name: String, on page: Page, isBeforeQuestion: Bool = false) {
        self.description = description
        self.name = name
        style = page.style
        width = page.width ?? Self.usualWidth
        limits = isBeforeQuestion ? .question : .whole
    }

    /// The lines; none is wider than the terminal.
    var lines: [String] {
        guard let header = description.header else {
            return [
                "\(name.withoutControls) is a plain script without a header, so sprun cannot show what it does"
            ] + section("imports", description.imports.map(imported), atMost: limits.imports)
        }
        let title = [header.name, header.version].map { $0.shortened(to: Self.longestName) }
        var lines = [style.bold(title[0]) + " " + title[1]]
        lines += name.quoted.rows(of: width - 5).enumerated().map { ($0 == 0 ? "from " : "     ") + style.faint($1) }
        lines += words([header.summary], atMost: limits.summary)
        let origin = [header.author.map { "by \($0)" }, header.license.map { "license \($0)" }].compactMap(\.self)
        if !origin.isEmpty { lines += words([origin.joined(separator: ", ")], atMost: limits.summary) }
        if !header.description.isEmpty {
            lines += words(
                [""]
                    + header.description.replacing("\t", with: "    ")
                    .split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
                atMost: limits.description)
        }
        lines += section("examples", header.examples)
        lines += section("parameters", header.parameters.map(Self.parameter))
        lines += section("returns", header.returns.map { "\($0.key)  \($0.value.words)" })
        if let exports = header.exports { lines += section("exports", exports) }
        if header.canUndo { lines += section("undo", ["undoes its changes outside of ServerPilot"]) }
        lines += section("imports", description.imports.map(imported), atMost: limits.imports)
        return lines + ["", style.bold("needs")] + needs(header)
    }

    private func needs(_ header: RecipeHeader) -> [String] {
        header.needLines.flatMap { line in
            line.rows(of: width - 8).enumerated().map { ($0 == 0 ? "  " : "        ") + $1 }
        }
    }

    private func section(_ title: String, _ body: [String], atMost limit: Int? = nil) -> [String] {
        body.isEmpty ? [] : ["", style.bold(title)] + words(body, atMost: limit ?? limits.section)
    }

    /// Returns the author's lines behind the bar, as many as fit.
    private func words(_ texts: [String], atMost limit: Int) -> [String] {
        var rows = texts.flatMap { $0.withoutControls.rows(of: max(20, width - Self.bar.count)) }
        if rows.count > limit { rows[(limit - 1)...] = ["… (\(rows.count - limit + 1) more lines: sprun show)"] }
        return rows.map { Self.bar + $0 }
    }

    private static func parameter(_ parameter: RecipeParameter) -> String {
        let documentation = parameter.documentation.isEmpty ? "" : "  \(parameter.documentation)"
        return "\(parameter.name)  \(parameter.words)\(documentation)"
    }

    /// Returns the line of an imported module: its importer, unless that is the recipe itself, and its needs.
    private func imported(_ module: RecipeDescription.Import) -> String {
        var words = [module.header?.version ?? "a file of the project"]
        if module.importer != name { words.append("for \(module.importer)") }
        if module.isLater { words.append("while it runs") }
        let needs = module.problem.map { "cannot be read: \($0)" } ?? module.header?.needWords
        return "\(module.name)  \(words.joined(separator: ", "))" + (needs.map { ": \($0)" } ?? "")
    }
}
