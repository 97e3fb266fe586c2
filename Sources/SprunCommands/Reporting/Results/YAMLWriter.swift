internal import Groundwork
internal import OrderedCollections

/// A writer of YAML 1.2 documents in block style.
///
/// It quotes each string that is not surely plain, in the form of JSON, which is also a form of YAML.
enum YAMLWriter {
    /// Returns the document, which ends with a line break.
    static func text(_ value: JSONValue) -> String {
        var text = ""
        write(value, after: "", indent: "", to: &text)
        return text
    }

    /// Writes a value after the text that begins its line; a list or an object that is not empty follows on new lines.
    private static func write(_ value: JSONValue, after start: String, indent: String, to text: inout String) {
        switch value {
        case .object(let members) where !members.isEmpty:
            text += start.isEmpty ? "" : start + "\n"
            for (name, member) in members {
                write(member, after: "\(indent)\(string(name)):", indent: indent + "  ", to: &text)
            }
        case .array(let items) where !items.isEmpty:
            text += start.isEmpty ? "" : start + "\n"
            for item in items { write(item, after: "\(indent)-", indent: indent + "  ", to: &text) }
        case .string(let value): text += "\(start.isEmpty ? "" : start + " ")\(string(value))\n"
        default: text += "\(start.isEmpty ? "" : start + " ")\(value.text())\n"
        }
    }

    /// The words that a reader of YAML 1.1 or 1.2 takes for something else than a string.
    private static let words: Set = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]

    private static func string(_ text: String) -> String {
        let isPlain =
            text.utf8.first.map { ($0 | 0x20).isLowercaseLetter || $0 == UInt8(ascii: "/") } ?? false
            && text.utf8.allSatisfy { $0.isLetterOrDigit || "_-./@+".utf8.contains($0) }
            && !words.contains(text.lowercased())
        return isPlain ? text : JSONValue.string(text).text()
    }
}
