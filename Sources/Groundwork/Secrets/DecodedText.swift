/// A text with one kind of escaping removed, and the source range of each decoded byte.
///
/// A secret that the text holds in escaped form appears in the decoded bytes as it is.
struct DecodedText {
    let bytes: [UInt8]
    /// For each decoded byte, the start and end of its encoded form in the original text.
    ///
    /// `nil` if `bytes` is the original text.
    private let origins: (starts: [Int], ends: [Int])?

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        origins = nil
    }

    /// Returns the range of the original text that encodes a range of `bytes`.
    func source(of range: Range<Int>) -> Range<Int> {
        guard let origins, !range.isEmpty else { return range }
        return origins.starts[range.lowerBound]..<origins.ends[range.upperBound - 1]
    }

    /// Returns the text itself, and the text without JSON escapes, percent-encoding, HTML references or line breaks.
    ///
    /// At most two decodings are combined, as for a URL in a JSON document, or JSON within JSON.
    static func views(of text: [UInt8]) -> [DecodedText] {
        let plain = DecodedText(text)
        let once = Writing.all.compactMap { DecodedText(plain, $0) }
        return [plain] + once + once.flatMap { view in Writing.all.compactMap { DecodedText(view, $0) } }
    }

    /// The most bytes that two decodings take for one byte: `\u005cu005c…`, or each digit of a reference as a reference.
    static let longestUnit = 36

    /// A way to write bytes down as other bytes.
    private struct Writing {
        /// The bytes with which a unit begins.
        let marks: [UInt8]
        /// Reads the unit at an offset and returns its length and the bytes that it encodes.
        ///
        /// `nil` if the byte encodes itself.
        let decode: (_ text: [UInt8], _ place: Int) -> (length: Int, bytes: [UInt8])?

        static var all: [Writing] {
            [
                Writing(marks: [UInt8(ascii: "\\")], decode: json),
                Writing(marks: [UInt8(ascii: "%")], decode: percent),
                Writing(marks: [UInt8(ascii: "&")], decode: html),
                Writing(marks: [0x0A, 0x0D], decode: lines),
            ]
        }
    }

    /// - Returns: `nil` if there was nothing to decode.
    private init?(_ text: DecodedText, _ writing: Writing) {
        guard text.bytes.contains(where: writing.marks.contains) else { return nil }
        var bytes: [UInt8] = []
        var starts: [Int] = []
        var ends: [Int] = []
        var place = 0
        var isChanged = false
        while place < text.bytes.count {
            guard let unit = writing.decode(text.bytes, place) else {
                let source = text.source(of: place..<place + 1)
                bytes.append(text.bytes[place])
                starts.append(source.lowerBound)
                ends.append(source.upperBound)
                place += 1
                continue
            }
            isChanged = true
            let source = text.source(of: place..<place + unit.length)
            for byte in unit.bytes {
                bytes.append(byte)
                starts.append(source.lowerBound)
                ends.append(source.upperBound)
            }
            place += unit.length
        }
        guard isChanged else { return nil }
        self.bytes = bytes
        origins = (starts, ends)
    }

    /// Decodes JSON escapes (RFC 8259, section 7): `\/`, and every form of each character.
    private static func json(_ text: [UInt8], _ place: Int) -> (length: Int, bytes: [UInt8])? {
        guard text[place] == UInt8(ascii: "\\"), place + 1 < text.count else { return nil }
        switch text[place + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return (2, [text[place + 1]])
        case UInt8(ascii: "b"): return (2, [0x08])
        case UInt8(ascii: "f"): return (2, [0x0C])
        case UInt8(ascii: "n"): return (2, [0x0A])
        case UInt8(ascii: "r"): return (2, [0x0D])
        case UInt8(ascii: "t"): return (2, [0x09])
        case UInt8(ascii: "u"):
            guard let unit = hexadecimal(text, place + 2, 4) else { return nil }
            if let scalar = Unicode.Scalar(unit) { return (6, Array(String(scalar).utf8)) }
            guard place + 7 < text.count, text[place + 6] == UInt8(ascii: "\\"), text[place + 7] == UInt8(ascii: "u"),
                let second = hexadecimal(text, place + 8, 4), unit < 0xDC00, 0xDC00...0xDFFF ~= second,
                let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00))
            else { return nil }
            return (12, Array(String(scalar).utf8))
        default: return nil
        }
    }

    private static func percent(_ text: [UInt8], _ place: Int) -> (length: Int, bytes: [UInt8])? {
        guard text[place] == UInt8(ascii: "%"), let byte = hexadecimal(text, place + 1, 2) else { return nil }
        return (3, [UInt8(byte)])
    }

    /// Decodes the references that programs write into HTML: `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;`, and numbers.
    private static func html(_ text: [UInt8], _ place: Int) -> (length: Int, bytes: [UInt8])? {
        guard text[place] == UInt8(ascii: "&") else { return nil }
        // The longest is &#x10FFFF;
        guard let end = text[place...].prefix(10).firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = String(decoding: text[(place + 1)..<end], as: UTF8.self)
        let length = end + 1 - place
        let names: [String: UInt8] = ["amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27]
        if let byte = names[name] { return (length, [byte]) }
        guard name.first == "#" else { return nil }
        let isHexadecimal = name.dropFirst().first.map { "xX".contains($0) } ?? false
        let digits = name.dropFirst(isHexadecimal ? 2 : 1)
        guard let number = UInt32(digits, radix: isHexadecimal ? 16 : 10), let scalar = Unicode.Scalar(number) else {
            return nil
        }
        return (length, Array(String(scalar).utf8))
    }

    /// Drops line breaks: programs break base64 into lines.
    private static func lines(_ text: [UInt8], _ place: Int) -> (length: Int, bytes: [UInt8])? {
        text[place] == 0x0A || text[place] == 0x0D ? (1, []) : nil
    }

    private static func hexadecimal(_ text: [UInt8], _ place: Int, _ count: Int) -> UInt32? {
        guard place + count <= text.count else { return nil }
        var value: UInt32 = 0
        for byte in text[place..<place + count] {
            guard let digit = byte.hexadecimalValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
