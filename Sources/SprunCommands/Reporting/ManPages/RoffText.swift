internal import Groundwork

/// Text in the language of man pages, roff.
enum RoffText {
    /// Returns a line of text, without the requests and escapes of roff.
    static func line(_ text: String) -> String {
        let line = escaped(text)
        let isRequest = line.utf8.first == UInt8(ascii: ".") || line.utf8.first == UInt8(ascii: "'")
        return isRequest ? "\\&" + line : line
    }

    /// Returns a paragraph, in lines that an editor shows whole.
    static func lines(_ text: String) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            let longer = lines.last.map { "\($0) \(word)" }
            if let longer, escaped(longer).utf8.count <= width {
                lines[lines.count - 1] = longer
            } else {
                lines.append(String(word))
            }
        }
        return lines.map(line)
    }

    /// The bytes of a line, escapes included.
    private static let width = 78

    /// Returns an argument of a request.
    static func argument(_ text: String) -> String { "\"\(escaped(text))\"" }

    /// Returns the text on one line, in ASCII, without the characters that roff interprets.
    ///
    /// It compares scalars, for a mark behind a backslash or a dot makes another character of it.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.printed.replacing("\n", with: " ").unicodeScalars {
            switch scalar {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "\"": result += "\\(dq"
            case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
            }
        }
        return result
    }
}
