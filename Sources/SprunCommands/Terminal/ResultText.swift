internal import OrderedCollections
internal import ServerPilot

/// The result of a run as text for people: a name and its value per line.
enum ResultText {
    static func lines(_ result: JSONValue, _ style: Style) -> [String] {
        guard case .object(let members) = result else { return [plain(result)] }
        let rows = members.map { ($0.withoutControls, $1) }
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { name, value in
            let pad = String(repeating: " ", count: width - name.count)
            return "\(style.bold(name))\(pad)  \(plain(value, indent: width + 2))"
        }
    }

    /// Returns a value as text; further lines of a string follow behind a bar.
    ///
    /// For a list of objects it shows only their number, because such lists are for programs.
    private static func plain(_ value: JSONValue, indent: Int = 0) -> String {
        switch value {
        case .string(let text): text.behind(String(repeating: " ", count: indent) + "| ", atMost: .max, bytes: .max)
        case .array(let elements) where elements.allSatisfy(isScalar):
            elements.isEmpty ? "none" : elements.map { plain($0) }.joined(separator: ", ")
        case .array(let elements): "\(elements.count) (all of it with --json or --result FILE)"
        default: value.text().withoutControls
        }
    }

    private static func isScalar(_ value: JSONValue) -> Bool {
        switch value {
        case .array, .object: false
        default: true
        }
    }
}
