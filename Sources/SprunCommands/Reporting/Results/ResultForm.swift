internal import Groundwork
internal import OrderedCollections

/// The form in which a run prints its result: `-o`.
enum ResultForm: String, CaseIterable {
    /// For people: lines and tables.
    case text
    /// A JSON document.
    case json
    /// A YAML document.
    case yaml
    /// Lines `NAME='value'` that a shell can evaluate.
    case env
    /// Lines for the file that GitHub Actions reads the outputs of a step from.
    case github

    /// Returns the result as text that ends with a line break; for `text`, without tables or colors.
    ///
    /// - Parameters:
    ///   - result: The result, or a member of it.
    ///   - name: The name of a value that is not an object, in the forms that have names.
    /// - Returns: The text.
    func text(of result: JSONValue, named name: String) -> String {
        switch self {
        case .text:
            ResultText(result, on: Page(style: Style(isColoured: false), width: nil)).lines.map { $0 + "\n" }.joined()
        case .json: result.text(indentation: 2) + "\n"
        case .yaml: YAMLWriter.text(result)
        case .env: Self.members(result, name).map { "\(Self.variable($0))=\(Self.scalar($1).shellQuoted)\n" }.joined()
        case .github: Self.members(result, name).map { Self.output($0, Self.scalar($1)) }.joined()
        }
    }

    private static func members(_ result: JSONValue, _ name: String) -> [(String, JSONValue)] {
        guard let members = result.objectValue else { return [(name, result)] }
        return members.map { ($0, $1) }
    }

    /// Returns a name of a shell variable: other characters than letters, digits and `_` become `_`.
    private static func variable(_ name: String) -> String {
        let text = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        return text.first.map { $0.isNumber } ?? true ? "_" + text : text
    }

    /// Returns a string as it is, nothing for `null`, and any other value as JSON.
    private static func scalar(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .null: ""
        default: value.text()
        }
    }

    /// Returns `name=value`; for several lines, the form with a delimiter that is no line of the value.
    private static func output(_ name: String, _ value: String) -> String {
        let name = variable(name)
        guard value.contains(where: \.isNewline) else { return "\(name)=\(value)\n" }
        let lines = Set(value.split(whereSeparator: \.isNewline))
        var delimiter = "END"
        while lines.contains(delimiter[...]) { delimiter += "_" }
        return "\(name)<<\(delimiter)\n\(value)\n\(delimiter)\n"
    }
}
