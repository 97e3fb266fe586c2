/// A text with one kind of writing taken off, so that a secret in it stands there as it is, and where each of its bytes
/// comes from.
struct DecodedText {
    let bytes: [UInt8]
    /// Where the writing of each byte begins and ends in the text; `nil` where the bytes are the text's own.
    private let origins: (starts: [Int], ends: [Int])?

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        origins = nil
    }

    /// The range of the text that a range of these bytes was written in.
    func source(of range: Range<Int>) -> Range<Int> {
        guard let origins, !range.isEmpty else { return range }
        return origins.starts[range.lowerBound]..<origins.ends[range.upperBound - 1]
    }

    /// The text itself, and the text as it reads once JSON's escapes, percent signs or line breaks are taken off; twice
    /// at most, as a URL in a JSON document needs it, or JSON within JSON.
    static func views(of text: [UInt8]) -> [DecodedText] {
        let plain = DecodedText(text)
        let once = [json, percent, lines].compactMap { DecodedText(plain, $0) }
        return [plain] + once + once.flatMap { view in [json, percent, lines].compactMap { DecodedText(view, $0) } }
    }

    /// Reads one unit at a place: how many bytes it takes, and what it stands for; `nil` where it stands for itself.
    private typealias Decoder = (_ text: [UInt8], _ place: Int) -> (length: Int, bytes: [UInt8])?

    /// - Returns: `nil` where there was nothing to take off.
    private init?(_ text: DecodedText, _ decoder: Decoder) {
        var bytes: [UInt8] = []
        var starts: [Int] = []
        var ends: [Int] = []
        var place = 0
        var isChanged = false
        while place < text.bytes.count {
            guard let unit = decoder(text.bytes, place) else {
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

    /// JSON's escapes (RFC 8259, section 7), with `\/` and each character in any of its forms.
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

    /// Programs break base64 into lines.
    private static func lines(_ text: [UInt8], _ place: Int) -> (length: Int, bytes: [UInt8])? {
        text[place] == 0x0A || text[place] == 0x0D ? (1, []) : nil
    }

    private static func hexadecimal(_ text: [UInt8], _ place: Int, _ count: Int) -> UInt32? {
        guard place + count <= text.count else { return nil }
        var value: UInt32 = 0
        for byte in text[place..<place + count] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        return value
    }
}
