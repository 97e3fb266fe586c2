internal import OrderedCollections

/// Reads one JSON document (RFC 8259) from UTF-8 bytes.
///
/// The depth is limited, so hostile nesting causes an error, not a stack overflow. Strings must be valid UTF-8. If a
/// member name repeats, the last member counts, as in most readers; `RepeatedMembers` can change this.
struct JSONReader {
    /// The maximum nesting depth.
    ///
    /// ServerPilot's responses nest four deep. Recipe values have the same limit when they enter Lua.
    static let maximumDepth = 64

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var depth = 0
    private let repeated: RepeatedMembers

    /// Reads all of `bytes` as one value; white space around it is allowed.
    static func read(_ bytes: [UInt8], _ repeated: RepeatedMembers = .last) throws(JSONFailure) -> JSONValue {
        let result = bytes.withUnsafeBufferPointer { buffer -> Result<JSONValue, JSONFailure> in
            var reader = JSONReader(bytes: buffer, repeated)
            do throws(JSONFailure) {
                return .success(try reader.document())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, _ repeated: RepeatedMembers) {
        self.bytes = bytes
        self.repeated = repeated
    }

    private mutating func document() throws(JSONFailure) -> JSONValue {
        let value = try value()
        skipWhiteSpace()
        guard position == bytes.count else { throw fault("unexpected text after the value") }
        return value
    }

    private func fault(_ message: String) -> JSONFailure { JSONFailure(message, at: position) }

    private mutating func skipWhiteSpace() {
        while position < bytes.count, let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func value() throws(JSONFailure) -> JSONValue {
        skipWhiteSpace()
        switch peek {
        case nil: throw fault("expected a value, but the text ends")
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try nested { (reader) throws(JSONFailure) in try reader.object() }
        case UInt8(ascii: "["): return try nested { (reader) throws(JSONFailure) in try reader.array() }
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func nested(
        _ read: (inout JSONReader) throws(JSONFailure) -> JSONValue
    ) throws(JSONFailure) -> JSONValue {
        guard depth < Self.maximumDepth else { throw fault("nested deeper than \(Self.maximumDepth)") }
        depth += 1
        position += 1
        let value = try read(&self)
        depth -= 1
        return value
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONFailure) -> JSONValue {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count else { throw fault("unknown word") }
        for index in 0..<count where bytes[position + index] != text.utf8Start[index] {
            throw fault("unknown word")
        }
        position += count
        return value
    }

    private mutating func object() throws(JSONFailure) -> JSONValue {
        var members = JSONObject()
        skipWhiteSpace()
        if peek == UInt8(ascii: "}") {
            position += 1
            return .object(members)
        }
        while true {
            skipWhiteSpace()
            guard peek == UInt8(ascii: "\"") else { throw fault("expected the name of a member") }
            let name = try string()
            skipWhiteSpace()
            guard peek == UInt8(ascii: ":") else { throw fault("expected a colon") }
            position += 1
            let value = try value()
            if repeated == .last || members[name] == nil {
                members[name] = value
            } else if repeated == .refused {
                throw fault("duplicate name of a member")
            }
            if try separator(closing: UInt8(ascii: "}")) { return .object(members) }
        }
    }

    private mutating func array() throws(JSONFailure) -> JSONValue {
        var elements: [JSONValue] = []
        skipWhiteSpace()
        if peek == UInt8(ascii: "]") {
            position += 1
            return .array(elements)
        }
        while true {
            elements.append(try value())
            if try separator(closing: UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    /// Skips a comma (returns `false`: more follows) or the closing bracket (returns `true`).
    private mutating func separator(closing: UInt8) throws(JSONFailure) -> Bool {
        skipWhiteSpace()
        guard let byte = peek else { throw fault("the text ends in the middle of a value") }
        guard byte == closing || byte == UInt8(ascii: ",") else { throw fault("expected a comma or the closing mark") }
        position += 1
        return byte == closing
    }

    private mutating func number() throws(JSONFailure) -> JSONValue {
        let start = position
        if peek == UInt8(ascii: "-") { position += 1 }
        let firstDigit = position
        let integerDigits = digits()
        guard integerDigits > 0 else {
            position = start
            throw fault("expected a value")
        }
        guard integerDigits == 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
            throw fault("a number with a leading zero")
        }
        var isInteger = true
        if peek == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            guard digits() > 0 else { throw fault("expected a digit after the point") }
        }
        if let exponent = peek, exponent | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if let sign = peek, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            guard digits() > 0 else { throw fault("expected a digit after the exponent") }
        }
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
        if isInteger { return Int64(text).map { .integer($0) } ?? .largeInteger(text) }
        guard let double = Double(text), double.isFinite else { throw fault("a number out of range") }
        return .double(double)
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = peek, byte.isDigit { position += 1 }
        return position - start
    }

    private mutating func string() throws(JSONFailure) -> String {
        position += 1
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\") {
            guard bytes[position] >= 0x20 else { throw fault("a control character in a string") }
            position += 1
        }
        guard position < bytes.count else { throw fault("the text ends in the middle of a string") }
        if bytes[position] == UInt8(ascii: "\"") {
            let text = try text(UnsafeBufferPointer(rebasing: bytes[start..<position]))
            position += 1
            return text
        }
        return try stringWithEscapes(from: start)
    }

    private mutating func stringWithEscapes(from start: Int) throws(JSONFailure) -> String {
        var content = Array(bytes[start..<position])
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                let checked = content.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) }
                guard let checked else { throw fault("a string that is not UTF-8") }
                return checked
            case UInt8(ascii: "\\"): try escape(into: &content)
            case 0..<0x20: throw fault("a control character in a string")
            default: content.append(byte)
            }
        }
        throw fault("the text ends in the middle of a string")
    }

    private func text(_ slice: UnsafeBufferPointer<UInt8>) throws(JSONFailure) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else { throw fault("a string that is not UTF-8") }
        return text
    }

    private mutating func escape(into content: inout [UInt8]) throws(JSONFailure) {
        guard let byte = peek else { throw fault("the text ends in the middle of a string") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try escapedScalar()
            content.append(contentsOf: String(scalar).utf8)
        default: throw fault("invalid escape")
        }
    }

    private mutating func escapedScalar() throws(JSONFailure) -> Unicode.Scalar {
        let high = try hexadecimal()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xDC00, peek == UInt8(ascii: "\\") else { throw fault("half of a surrogate pair") }
        position += 1
        guard peek == UInt8(ascii: "u") else { throw fault("half of a surrogate pair") }
        position += 1
        let low = try hexadecimal()
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(high - 0xD800) << 10) + UInt32(low - 0xDC00))
        else { throw fault("half of a surrogate pair") }
        return scalar
    }

    private mutating func hexadecimal() throws(JSONFailure) -> UInt16 {
        guard position + 4 <= bytes.count else { throw fault("the text ends in the middle of a string") }
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = bytes[position].hexadecimalValue else {
                throw fault("invalid escape")
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }
}
