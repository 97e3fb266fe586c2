internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// The documentation of a recipe, generated from its header.
struct RecipeDocument {
    private let header: RecipeHeader
    private let imports: [RecipeDescription.Import]

    init(_ header: RecipeHeader, _ imports: [RecipeDescription.Import]) {
        self.header = header
        self.imports = imports
    }

    // MARK: Markdown

    /// The Markdown page, as lines.
    var markdown: [String] {
        var lines = ["# \(Self.escaped(header.name))", "", Self.escaped(header.summary), ""]
        if !header.description.isEmpty {
            lines +=
                header.description.split(separator: "\n", omittingEmptySubsequences: false).map {
                    String($0).printed
                } + [""]
        }
        if !header.parameters.isEmpty {
            lines += ["## Parameters", "", "| name | what | |", "|---|---|---|"]
            lines += header.parameters.map {
                "| `\($0.name)` | \(Self.cell(Self.kind($0))) | \(Self.cell($0.documentation)) |"
            }
            lines.append("")
        }
        lines += ["## Needs", ""] + header.needLines.map { "- \(Self.escaped($0))" } + [""]
        if !header.returns.isEmpty {
            lines += ["## Gives", ""] + header.returns.map { "- `\($0.key)`: \($0.value.words)" } + [""]
        }
        if let exports = header.exports { lines += ["## Functions", ""] + exports.map { "- `\($0)`" } + [""] }
        if !imports.isEmpty {
            lines += ["## Imports", ""] + imports.map { "- \(Self.escaped(Self.words($0)))" } + [""]
        }
        if !header.examples.isEmpty { lines += ["## Examples", "", "```sh"] + header.examples + ["```", ""] }
        lines.append(Self.escaped(about))
        return lines
    }

    private static func kind(_ parameter: RecipeParameter) -> String {
        parameter.words + (parameter.example.map { ", such as \($0)" } ?? "")
    }

    private var about: String {
        [
            "version \(header.version)", header.requirement.map { "for sprun \($0)" }, header.author.map { "by \($0)" },
            header.license.map { "licence \($0)" },
        ].compactMap(\.self).joined(separator: ", ")
    }

    private static func words(_ module: RecipeDescription.Import) -> String {
        if let problem = module.problem { return "\(module.name): cannot be read: \(problem)" }
        guard let header = module.header else { return "\(module.name), a file of the project" }
        return "\(module.name) \(header.version): \(header.needWords)"
    }

    private static func cell(_ text: String) -> String {
        escaped(text).replacing("\n", with: " ").replacing("|", with: "\\|")
    }

    /// Returns the text with Markdown's special characters escaped.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if "\\`*_<>[]".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result.printed
    }

    // MARK: Man page

    /// The man(7) page, as lines.
    var manPage: [String] {
        func text(_ text: String) -> String {
            let line = text.printed.replacing("\\", with: "\\e").replacing("-", with: "\\-")
            return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
        }
        func quoted(_ text: String) -> String { "\"" + text.printed.replacing("\"", with: "\\(dq") + "\"" }
        var lines = [
            ".TH \(quoted(header.name.uppercased())) 1 \"\" \(quoted("\(header.name) \(header.version)")) \"Recipes of sprun\"",
            ".SH NAME", text("\(header.name) - \(header.summary)").replacing("\\- ", with: "\\- "),
        ]
        if !header.description.isEmpty {
            lines.append(".SH DESCRIPTION")
            for line in header.description.split(separator: "\n", omittingEmptySubsequences: false) {
                lines.append(line.allSatisfy(\.isWhitespace) ? ".PP" : text(String(line)))
            }
        }
        if !header.parameters.isEmpty {
            lines.append(".SH PARAMETERS")
            for parameter in header.parameters {
                lines += [
                    ".TP", ".BI \(quoted(parameter.name)) \(quoted("  " + Self.kind(parameter)))",
                    text(parameter.documentation.isEmpty ? " " : parameter.documentation),
                ]
            }
        }
        func list(_ title: String, _ items: [String]) {
            guard !items.isEmpty else { return }
            lines.append(".SH \(title)")
            for item in items { lines += [text(item), ".br"] }
        }
        list("NEEDS", header.needLines)
        list("GIVES", header.returns.map { "\($0.key): \($0.value.words)" })
        list("FUNCTIONS", header.exports ?? [])
        list("IMPORTS", imports.map(Self.words))
        list("EXAMPLES", header.examples)
        list("ABOUT", [about])
        return lines
    }

    // MARK: For programs

    /// Returns the description of a recipe as JSON.
    static func json(_ description: RecipeDescription, name: String) -> JSONValue {
        let imports = description.imports.map { module -> JSONValue in
            [
                "name": .string(module.name), "importer": .string(module.importer), "later": .bool(module.isLater),
                "problem": text(module.problem),
                "header": module.header.map { .object(json($0)) } ?? .null,
            ]
        }
        return [
            "format_version": 1, "recipe": .string(name),
            "header": description.header.map { .object(json($0)) } ?? .null, "imports": .array(imports),
        ]
    }

    private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    private static func json(_ header: RecipeHeader) -> JSONObject {
        func number(_ number: Int?) -> JSONValue { number.map { .integer(Int64($0)) } ?? .null }
        let parameters = header.parameters.map { parameter -> JSONValue in
            [
                "name": .string(parameter.name), "kind": .string(parameter.kind.rawValue),
                "required": .bool(parameter.isRequired), "allow_empty": .bool(parameter.allowsEmpty),
                "default": parameter.defaultValue,
                "doc": .string(parameter.documentation), "example": text(parameter.example),
                "values": .array(parameter.values.map { .string($0) }),
            ]
        }
        return [
            "name": .string(header.name), "version": .string(header.version), "sprun": text(header.requirement),
            "summary": .string(header.summary), "description": .string(header.description),
            "author": text(header.author),
            "license": text(header.license), "needs": .array(header.needs.all.map { .string($0.words) }),
            "limits": ["create": number(header.creations), "delete": number(header.deletions)],
            "params": .array(parameters),
            "returns": .object(
                JSONObject(uniqueKeysWithValues: header.returns.map { ($0.key, .string($0.value.words)) })),
            "exports": header.exports.map { .array($0.map { .string($0) }) } ?? .null,
            "undo": .bool(header.canUndo),
            "examples": .array(header.examples.map { .string($0) }),
        ]
    }
}
