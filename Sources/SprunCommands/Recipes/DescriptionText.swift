internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// What a recipe says of itself, for people.
struct DescriptionText {
    private let description: RecipeDescription
    private let name: String
    private let style: Style

    init(_ description: RecipeDescription, _ name: String, _ style: Style) {
        self.description = description
        self.name = name
        self.style = style
    }

    /// The lines.
    var lines: [String] {
        guard let header = description.header else {
            return ["\(name) is a plain script without a header: nobody knows what it does before it runs"]
        }
        var lines = [style.bold(header.name) + " \(header.version)  \(header.summary)".withoutControls]
        let origin = [header.author.map { "by \($0)" }, header.license.map { "licence \($0)" }, name].compactMap(\.self)
        lines.append(style.faint(origin.joined(separator: ", ").withoutControls))
        if !header.description.isEmpty {
            lines.append("")
            lines += header.description.split(separator: "\n", omittingEmptySubsequences: false)
                .map { "  " + String($0).withoutControls }
        }
        lines += section("examples", header.examples)
        lines += section("takes", header.parameters.map(Self.parameter))
        lines += section("gives", header.returns.map { "\($0.key)  \($0.value.words)" })
        if let exports = header.exports { lines += section("exports", exports) }
        if header.canUndo { lines += section("undo", ["takes back what it has done outside of ServerPilot"]) }
        // Last, where it is seen when a question follows.
        lines += section("imports", description.imports.flatMap(Self.imported))
        lines += section("needs", header.needLines)
        return lines
    }

    private func section(_ title: String, _ body: [String]) -> [String] {
        body.isEmpty ? [] : ["", style.bold(title)] + body.map { "  " + $0.withoutControls }
    }

    private static func parameter(_ parameter: RecipeParameter) -> String {
        let documentation = parameter.documentation.isEmpty ? "" : "  \(parameter.documentation)"
        return "\(parameter.name)  \(parameter.words)\(documentation)"
    }

    private static func imported(_ module: RecipeDescription.Import) -> [String] {
        guard let header = module.header else { return ["\(module.name)  a file of the project"] }
        return ["\(module.name)  \(header.version), for \(module.importer): \(header.needWords)"]
    }
}
