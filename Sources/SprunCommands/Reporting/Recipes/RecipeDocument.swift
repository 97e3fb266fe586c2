internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage
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
            // A quotation ends with its last line, and with it all that the author opened in it.
            lines += header.description.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                line.isEmpty ? ">" : "> " + Self.quoted(String(line))
            }
            lines.append("")
        }
        if !header.parameters.isEmpty {
            lines += ["## Parameters", "", "| name | type | description |", "|---|---|---|"]
            lines += header.parameters.map {
                "| `\($0.name)` | \(Self.escaped(Self.kind($0))) | \(Self.escaped($0.documentation)) |"
            }
            lines.append("")
        }
        lines += ["## Needs", ""] + header.needLines.map { "- \(Self.escaped($0))" } + [""]
        if !header.returns.isEmpty {
            lines += ["## Returns", ""] + header.returns.map { "- \(Self.code($0.key)): \($0.value.words)" } + [""]
        }
        if let exports = header.exports { lines += ["## Functions", ""] + exports.map { "- \(Self.code($0))" } + [""] }
        if !imports.isEmpty {
            lines += ["## Imports", ""] + imports.map { "- \(Self.escaped(Self.words($0)))" } + [""]
        }
        if !header.examples.isEmpty {
            let examples = header.examples.map { Self.oneLine($0) }
            let fence = String(repeating: "`", count: max(3, Self.longestRun(of: "`", in: examples) + 1))
            lines += ["## Examples", "", "\(fence)sh"] + examples + [fence, ""]
        }
        lines.append(Self.escaped(about))
        return lines
    }

    private static func kind(_ parameter: RecipeParameter) -> String {
        parameter.words + (parameter.example.map { ", such as \($0)" } ?? "")
    }

    private var about: String {
        [
            "version \(header.version)", header.requirement.map { "for sprun \($0)" }, header.author.map { "by \($0)" },
            header.license.map { "license \($0)" },
        ].compactMap(\.self).joined(separator: ", ")
    }

    private static func words(_ module: RecipeDescription.Import) -> String {
        if let problem = module.problem { return "\(module.name): cannot be read: \(problem)" }
        guard let header = module.header else { return "\(module.name), a file of the project" }
        return "\(module.name) \(header.version): \(header.needWords)"
    }

    /// Returns the text printed on one line, for a parameter's default can have several.
    private static func oneLine(_ text: String) -> String { text.printed.replacing("\n", with: " ") }

    /// Returns the text with these characters behind a backslash.
    ///
    /// It compares scalars, for a mark behind a backslash or a dot makes another character of it.
    private static func escaping(_ marks: String, in text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if marks.unicodeScalars.contains(scalar) { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }

    /// Returns the text on one line, with Markdown's special characters escaped.
    private static func escaped(_ text: String) -> String { begun(escaping("\\`*_<>[]&~|", in: oneLine(text))) }

    /// Returns a line of a quotation: Markdown of an author, without headings, fences and HTML.
    private static func quoted(_ line: String) -> String { begun(escaping("<", in: line.printed)) }

    /// Returns the line with its first character escaped if a heading, a list, a rule or a fence can begin with it.
    private static func begun(_ line: String) -> String {
        let blanks = line.utf8.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
        let rest = line.utf8.dropFirst(blanks)
        guard let first = rest.first else { return line }
        let isFence = rest.starts(with: "```".utf8)
        guard isFence || "#=-+~>".utf8.contains(first) else { return line }
        return String(decoding: line.utf8.prefix(blanks), as: UTF8.self) + "\\"
            + String(decoding: rest, as: UTF8.self)
    }

    /// Returns a name as code, unless it could end the code.
    private static func code(_ name: String) -> String {
        name.utf8.contains(UInt8(ascii: "`")) ? escaped(name) : "`\(oneLine(name))`"
    }

    private static func longestRun(of mark: Unicode.Scalar, in texts: [String]) -> Int {
        var (run, longest) = (0, 0)
        for text in texts {
            for scalar in text.unicodeScalars {
                run = scalar == mark ? run + 1 : 0
                longest = max(longest, run)
            }
            run = 0
        }
        return longest
    }

    // MARK: Man page

    /// The man(7) page, as lines.
    var manPage: [String] {
        var lines = [
            ".TH \(RoffText.argument(header.name.uppercased())) 1 \"\" \(RoffText.argument("\(header.name) \(header.version)")) "
                + "\"Recipes of sprun\"",
            ".SH NAME", RoffText.line("\(header.name) - \(header.summary)"),
        ]
        if !header.description.isEmpty {
            lines.append(".SH DESCRIPTION")
            for line in header.description.split(separator: "\n", omittingEmptySubsequences: false) {
                lines.append(line.allSatisfy(\.isWhitespace) ? ".PP" : RoffText.line(String(line)))
            }
        }
        if !header.parameters.isEmpty {
            lines.append(".SH PARAMETERS")
            for parameter in header.parameters {
                lines += [
                    ".TP", ".BI \(RoffText.argument(parameter.name)) \(RoffText.argument("  " + Self.kind(parameter)))",
                    RoffText.line(parameter.documentation.isEmpty ? " " : parameter.documentation),
                ]
            }
        }
        func list(_ title: String, _ items: [String]) {
            guard !items.isEmpty else { return }
            lines.append(".SH \(title)")
            for item in items { lines += [RoffText.line(item), ".br"] }
        }
        list("NEEDS", header.needLines)
        list("RETURNS", header.returns.map { "\($0.key): \($0.value.words)" })
        list("FUNCTIONS", header.exports ?? [])
        list("IMPORTS", imports.map(Self.words))
        list("EXAMPLES", header.examples)
        list("ABOUT", [about])
        return lines
    }
}
