internal import OrderedCollections

/// Writes a JSON value as UTF-8 bytes, with members in their order.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private let indentation: Int?
    private var level = 0

    /// - Parameter indentation: the number of spaces per level; `nil` for one line without spaces.
    init(indentation: Int? = nil) {
        self.indentation = indentation
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .integer(let value): append(String(value))
        case .largeInteger(let digits): append(digits)
        // JSON cannot express infinity and NaN. A response never holds them, and a recipe's value is refused earlier.
        case .double(let value): append(value.isFinite ? "\(value)" : "null")
        case .string(let value): write(string: value)
        case .array(let elements):
            list(elements, open: "[", close: "]") { writer, element in writer.write(element) }
        case .object(let members):
            list(members.elements, open: "{", close: "}") { writer, member in
                writer.write(string: member.key)
                writer.append(writer.indentation == nil ? ":" : ": ")
                writer.write(member.value)
            }
        }
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func list<Items: Collection>(
        _ items: Items, open: String, close: String, _ write: (inout JSONWriter, Items.Element) -> Void
    ) {
        append(open)
        guard !items.isEmpty else { return append(close) }
        level += 1
        var isFirst = true
        for item in items {
            if !isFirst { append(",") }
            isFirst = false
            newLine()
            write(&self, item)
        }
        level -= 1
        newLine()
        append(close)
    }

    private mutating func newLine() {
        guard let indentation else { return }
        append("\n" + String(repeating: " ", count: indentation * level))
    }

    private mutating func write(string: String) {
        var string = string
        bytes.append(UInt8(ascii: "\""))
        string.withUTF8 { text in
            // Most texts have nothing to escape and are copied whole.
            var start = 0
            for (place, byte) in text.enumerated() where Self.isEscaped(byte) {
                bytes.append(contentsOf: text[start..<place])
                escape(byte)
                start = place + 1
            }
            bytes.append(contentsOf: text[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        case 0x09: append("\\t")
        default:
            let hexadecimal = String(byte, radix: 16)
            append("\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal)
        }
    }
}
