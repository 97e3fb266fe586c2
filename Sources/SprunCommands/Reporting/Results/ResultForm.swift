internal import Groundwork
internal import OrderedCollections
internal import Yams

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
    /// - Throws: `YamlError` if the YAML library fails.
    func text(of result: JSONValue, named name: String) throws -> String {
        switch self {
        case .text:
            ResultText(result, on: Page(style: Style(isColoured: false), width: nil)).lines.map { $0 + "\n" }.joined()
        case .json: result.text(indentation: 2) + "\n"
        case .yaml: try Yams.serialize(node: result.node, allowUnicode: true)
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

extension JSONValue {
    /// The value as YAML.
    ///
    /// Strings that YAML would read as another type are quoted.
    fileprivate var node: Node {
        switch self {
        case .null: Node("null", Tag(.null))
        case .bool(let value): Node(value ? "true" : "false", Tag(.bool))
        case .integer, .largeInteger: Node(text(), Tag(.int))
        case .double: Node(text(), Tag(.float))
        case .string(let text): Node(text, Tag(.str), Self.needsQuotes(text) ? .doubleQuoted : .any)
        case .array(let items): Node(items.map(\.node), Tag(.seq))
        case .object(let members):
            Node(members.map { (JSONValue.string($0).node, $1.node) }, Tag(.map))
        }
    }

    /// Whether YAML reads the plain text as something else than a string.
    private static func needsQuotes(_ text: String) -> Bool {
        Resolver.default.resolveTag(of: Node(text)) != .str
    }
}
