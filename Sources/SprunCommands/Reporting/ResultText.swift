internal import Groundwork
internal import OrderedCollections

/// The result of a run as text for people: a name and its value per line.
///
/// A recipe can return megabytes. What is shown has limits, and says how much is not shown.
enum ResultText {
    /// The names that are padded to the same width, in columns; longer names stand without padding.
    private static let widestName = 32
    /// The bytes of a name that are shown.
    private static let longestName = 4 << 10
    /// The bytes of a value that are shown.
    private static let longestValue = 1 << 20
    /// The lines of a value that are shown.
    private static let mostLines = 20_000
    /// The bytes after which no further members are shown.
    private static let longestText = 4 << 20
    private static let hint = "; --json and --result FILE show all"

    static func lines(_ result: JSONValue, _ style: Style) -> [String] {
        guard case .object(let members) = result else { return [plain(result)] }
        let width = members.keys.map { name($0).count }.filter { $0 <= widestName }.max() ?? 0
        var lines: [String] = []
        var bytes = 0
        for (key, value) in members {
            guard bytes <= longestText else {
                return lines + ["… (\(members.count - lines.count) more members\(hint))"]
            }
            let name = name(key)
            let pad = String(repeating: " ", count: max(0, width - name.count))
            lines.append("\(style.bold(name))\(pad)  \(plain(value, indent: width + 2))")
            bytes += lines.last?.utf8.count ?? 0
        }
        return lines
    }

    private static func name(_ key: String) -> String {
        guard key.utf8.count > longestName else { return key.withoutControls }
        return String(decoding: key.utf8.prefix(longestName), as: UTF8.self).withoutControls + "…"
    }

    /// Returns a value as text; further lines of a string follow behind a bar.
    ///
    /// For a list of objects it shows only their number, because such lists are for programs.
    private static func plain(_ value: JSONValue, indent: Int = 0) -> String {
        switch value {
        case .string(let text):
            return text.behind(
                String(repeating: " ", count: indent) + "| ", atMost: mostLines, bytes: longestValue, hint: hint)
        case .array(let elements) where elements.allSatisfy(isScalar):
            return elements.isEmpty ? "none" : list(elements)
        case .array(let elements): return "\(elements.count) (--json and --result FILE show them)"
        default: return value.text().behind("| ", atMost: mostLines, bytes: longestValue, hint: hint)
        }
    }

    private static func list(_ elements: [JSONValue]) -> String {
        var text = ""
        for (index, element) in elements.enumerated() {
            guard text.utf8.count <= longestValue else {
                return text + ", … (\(elements.count - index) more\(hint))"
            }
            text += (index == 0 ? "" : ", ") + plain(element)
        }
        return text
    }

    private static func isScalar(_ value: JSONValue) -> Bool {
        switch value {
        case .array, .object: false
        default: true
        }
    }
}
