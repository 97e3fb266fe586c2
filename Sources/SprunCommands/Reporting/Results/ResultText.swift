internal import Groundwork
internal import OrderedCollections

/// The result of a run as text for people.
///
/// An object has a line for each member, and a table for each list of objects. A list has a line for each item. A recipe
/// can return megabytes: what is shown has limits, and says how much is not shown.
struct ResultText {
    /// The lines for standard output.
    private(set) var lines: [String] = []
    /// The lists that are left out, because the recipe has printed text itself: `apps (5)`.
    private(set) var leftOut: [String] = []

    private let page: Page
    private let showsTables: Bool

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
    private static let hint = "; -o json and --result FILE show all"

    /// Writes the text.
    ///
    /// - Parameters:
    ///   - result: The result.
    ///   - page: The page of standard output.
    ///   - hasPrinted: Whether the recipe has printed text. Lists of objects are then left out, because recipes print
    ///     what people should read of them.
    init(_ result: JSONValue, on page: Page, hasPrinted: Bool = false) {
        self.page = page
        showsTables = !hasPrinted
        switch result {
        case .object(let members): add(members)
        case .array(let items) where items.contains(where: \.isObject):
            if showsTables { add(table: items, indent: 0) } else { leftOut.append("\(items.count) items") }
        case .array(let items):
            lines = items.prefix(Self.mostLines).map { Self.plain($0) }
            if items.count > Self.mostLines {
                lines.append("… (\(items.count - Self.mostLines) more items\(Self.hint))")
            }
        default: lines = [Self.plain(result)]
        }
    }

    private mutating func add(_ members: JSONObject) {
        let width = members.keys.map { Self.name($0).columns }.filter { $0 <= Self.widestName }.max() ?? 0
        var bytes = 0
        for (index, (key, value)) in members.enumerated() {
            guard bytes <= Self.longestText else {
                lines.append("… (\(members.count - index) more members\(Self.hint))")
                return
            }
            let count = lines.count
            add(Self.name(key), value, width: width)
            bytes += lines[count...].reduce(0) { $0 + $1.utf8.count }
        }
    }

    private mutating func add(_ name: String, _ value: JSONValue, width: Int) {
        if case .array(let items) = value, items.contains(where: \.isObject) {
            guard showsTables else { return leftOut.append("\(name) (\(items.count))") }
            lines.append(page.style.bold(name))
            return add(table: items, indent: 2)
        }
        if case .array(let items) = value, items.isEmpty, !showsTables { return leftOut.append("\(name) (0)") }
        let pad = String(repeating: " ", count: max(0, width - name.columns))
        lines.append("\(page.style.bold(name))\(pad)  \(Self.plain(value, indent: width + 2))")
    }

    private mutating func add(table items: JSONArray, indent: Int) {
        let table = ResultTable(Array(items.prefix(Self.mostLines)))
        lines += table.lines(on: page, indent: indent)
        if items.count > Self.mostLines {
            lines.append("… (\(items.count - Self.mostLines) more items\(Self.hint))")
        }
    }

    private static func name(_ key: String) -> String {
        guard key.utf8.count > longestName else { return key.withoutControls }
        return String(decoding: key.utf8.prefix(longestName), as: UTF8.self).withoutControls + "…"
    }

    /// Returns a value as text; further lines of a string follow behind a bar.
    private static func plain(_ value: JSONValue, indent: Int = 0) -> String {
        switch value {
        case .string(let text):
            return text.behind(
                String(repeating: " ", count: indent) + "| ", atMost: mostLines, bytes: longestValue, hint: hint)
        case .array(let items) where items.allSatisfy(\.isScalar): return items.isEmpty ? "none" : list(items)
        default: return value.text().behind("| ", atMost: mostLines, bytes: longestValue, hint: hint)
        }
    }

    private static func list(_ items: JSONArray) -> String {
        var text = ""
        for (index, item) in items.enumerated() {
            guard text.utf8.count <= longestValue else {
                return text + ", … (\(items.count - index) more\(hint))"
            }
            text += (index == 0 ? "" : ", ") + plain(item)
        }
        return text
    }
}

extension JSONValue {
    /// Whether the value is an object.
    var isObject: Bool { objectValue != nil }

    /// Whether the value is neither an object nor an array.
    var isScalar: Bool { objectValue == nil && arrayValue == nil }
}
