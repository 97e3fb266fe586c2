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
    /// Whether the array or object that was entered last has had no element yet.
    private var isFirst = false
    private let repeated: RepeatedMembers

    /// Reads all of `bytes` as one value; white space around it is allowed.
    static func read(_ bytes: [UInt8], _ repeated: RepeatedMembers = .last) throws(JSONFailure) -> JSONValue {
        try read(bytes, from: 0, repeated) { (reader) throws(JSONFailure) in
            let value = try reader.value()
            try reader.end()
            return value
        }.get()
    }

    /// Reads an object of which one member may be a long list, which stays text.
    ///
    /// - Parameters:
    ///   - bytes: the document.
    ///   - name: the name of the member.
    /// - Returns: the object, or another value if the document is none.
    /// - Throws: `JSONFailure`.
    static func read(_ bytes: [UInt8], listNamed name: StaticString) throws(JSONFailure) -> JSONValue {
        try read(bytes, from: 0) { (reader) throws(JSONFailure) in
            reader.skipWhiteSpace()
            guard reader.peek == UInt8(ascii: "{"), let end = UInt32(exactly: bytes.count), end > 0 else {
                let value = try reader.value()
                try reader.end()
                return value
            }
            let value = try reader.nested { (reader) throws(JSONFailure) in
                try reader.object { (reader, member) throws(JSONFailure) in
                    guard member == name.description, reader.peek == UInt8(ascii: "[") else { return nil }
                    return try reader.listText(in: bytes)
                }
            }
            try reader.end()
            return value
        }.get()
    }

    /// Calls `body` with a reader that is at a place of the bytes.
    static func read<Value>(
        _ bytes: [UInt8], from place: Int, _ repeated: RepeatedMembers = .last,
        _ body: (inout JSONReader) throws(JSONFailure) -> Value
    ) -> Result<Value, JSONFailure> {
        bytes.withUnsafeBufferPointer { buffer in
            var reader = JSONReader(bytes: buffer, repeated)
            reader.position = place
            do throws(JSONFailure) { return .success(try body(&reader)) } catch { return .failure(error) }
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, _ repeated: RepeatedMembers) {
        self.bytes = bytes
        self.repeated = repeated
    }

    /// Expects the end of the document.
    private mutating func end() throws(JSONFailure) {
        skipWhiteSpace()
        guard position == bytes.count else { throw fault("unexpected text after the value") }
    }

    private func fault(_ message: String) -> JSONFailure { JSONFailure(message, at: position) }

    private mutating func skipWhiteSpace() {
        while position < bytes.count, let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Reads the next value.
    mutating func value() throws(JSONFailure) -> JSONValue {
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

    /// Reads the members of an object.
    ///
    /// - Parameter special: reads the value of a member, given its name, or returns `nil` to have it read as usual.
    /// - Returns: the object.
    /// - Throws: `JSONFailure`.
    private mutating func object(
        special: ((inout JSONReader, String) throws(JSONFailure) -> JSONValue?)? = nil
    ) throws(JSONFailure) -> JSONValue {
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
            if special != nil { skipWhiteSpace() }
            var given: JSONValue?
            if let special { given = try special(&self, name) }
            let value: JSONValue
            if let given { value = given } else { value = try self.value() }
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
        let (text, isInteger) = try numberText()
        if isInteger {
            return integer(text).map { .integer($0) } ?? .largeInteger(String(decoding: text, as: UTF8.self))
        }
        return .double(try double(text))
    }

    /// Returns the integer that digits form; `nil` if it does not fit 64 bits.
    private func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        // 18 digits always fit.
        guard text.count <= 18 else { return Int64(String(decoding: text, as: UTF8.self)) }
        var value: Int64 = 0
        for byte in text where byte != UInt8(ascii: "-") { value = value &* 10 &+ Int64(byte &- UInt8(ascii: "0")) }
        return text.first == UInt8(ascii: "-") ? -value : value
    }

    private func double(_ text: UnsafeBufferPointer<UInt8>) throws(JSONFailure) -> Double {
        guard let double = Double(String(decoding: text, as: UTF8.self)), double.isFinite else {
            throw fault("a number out of range")
        }
        return double
    }

    /// Skips a number, and returns its text and whether it is an integer.
    private mutating func numberText() throws(JSONFailure) -> (text: UnsafeBufferPointer<UInt8>, isInteger: Bool) {
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
        return (UnsafeBufferPointer(rebasing: bytes[start..<position]), isInteger)
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = peek, byte.isDigit { position += 1 }
        return position - start
    }

    private mutating func string() throws(JSONFailure) -> String {
        let (text, content) = try stringText()
        if let content { return String(decoding: content, as: UTF8.self) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Skips a string, and returns its text: where it is in the document, or the content if it has escapes.
    private mutating func stringText() throws(JSONFailure) -> (
        text: UnsafeBufferPointer<UInt8>, content: [UInt8]?
    ) {
        position += 1
        let start = position
        var isASCII = true
        skipPlainText()
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
                guard isASCII || String(validating: text, as: UTF8.self) != nil else {
                    throw fault("a string that is not UTF-8")
                }
                position += 1
                return (text, nil)
            }
            if byte == UInt8(ascii: "\\") { break }
            guard byte >= 0x20 else { throw fault("a control character in a string") }
            if byte >= 0x80 { isASCII = false }
            position += 1
        }
        guard position < bytes.count else { throw fault("the text ends in the middle of a string") }
        return (UnsafeBufferPointer(rebasing: bytes[start..<start]), try contentWithEscapes(from: start))
    }

    /// Skips bytes of a string, eight at a time, up to one that is a quote, a backslash, a control character or not ASCII.
    private mutating func skipPlainText() {
        guard let start = bytes.baseAddress else { return }
        let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        var place = position
        while place + 8 <= bytes.count {
            let eight = UnsafeRawPointer(start + place).loadUnaligned(as: UInt64.self).littleEndian
            let quotes = eight ^ (ones &* UInt64(UInt8(ascii: "\"")))
            let backslashes = eight ^ (ones &* UInt64(UInt8(ascii: "\\")))
            // The high bit of a byte is set if it is one of these, or behind one.
            let found =
                (((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
                    | ((eight &- ones &* 0x20) & ~eight) | eight) & highs
            guard found == 0 else {
                place += found.trailingZeroBitCount / 8
                break
            }
            place += 8
        }
        position = place
    }

    private mutating func contentWithEscapes(from start: Int) throws(JSONFailure) -> [UInt8] {
        var content = Array(bytes[start..<position])
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard content.withUnsafeBufferPointer({ String(validating: $0, as: UTF8.self) }) != nil else {
                    throw fault("a string that is not UTF-8")
                }
                return content
            case UInt8(ascii: "\\"): try escape(into: &content)
            case 0..<0x20: throw fault("a control character in a string")
            default: content.append(byte)
            }
        }
        throw fault("the text ends in the middle of a string")
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

// MARK: - Without values

extension JSONReader {
    /// Passes the next value to a visitor.
    mutating func visit(_ visitor: inout some JSONVisitor & ~Copyable) throws(JSONFailure) {
        skipWhiteSpace()
        switch peek {
        case nil: throw fault("expected a value, but the text ends")
        case UInt8(ascii: "\""):
            try text { visitor.string($0) }
        case UInt8(ascii: "{"):
            visitor.beginObject()
            try enter()
            while try hasNext(closing: UInt8(ascii: "}")) {
                try nameText { visitor.name($0) }
                try visit(&visitor)
            }
            visitor.endObject()
        case UInt8(ascii: "["):
            visitor.beginArray()
            try enter()
            while try hasNext(closing: UInt8(ascii: "]")) { try visit(&visitor) }
            visitor.endArray()
        case UInt8(ascii: "t"):
            _ = try literal("true", .null)
            visitor.bool(true)
        case UInt8(ascii: "f"):
            _ = try literal("false", .null)
            visitor.bool(false)
        case UInt8(ascii: "n"):
            _ = try literal("null", .null)
            visitor.null()
        default:
            let (text, isInteger) = try numberText()
            guard isInteger else { return visitor.double(try double(text)) }
            if let value = integer(text) { visitor.integer(value) } else { visitor.largeInteger(text) }
        }
    }

    /// Reads the member of the next value, in which no name repeats; `nil` if it has none of that name or is not an object.
    mutating func member(_ name: String) throws(JSONFailure) -> JSONValue? {
        skipWhiteSpace()
        guard peek == UInt8(ascii: "{") else { return nil }
        try enter()
        var nothing = NoVisitor()
        while try hasNext(closing: UInt8(ascii: "}")) {
            var isIt = false
            try nameText { isIt = name.utf8.elementsEqual($0) }
            if isIt { return try value() }
            try visit(&nothing)
        }
        return nil
    }

    /// Checks an array of objects, and returns it as text; `nil` if it is short, contains other values, or a name repeats
    /// in an element.
    fileprivate mutating func listText(in document: [UInt8]) throws(JSONFailure) -> JSONValue? {
        let (start, outer) = (position, depth)
        var starts: [UInt32] = []
        var members = MemberCounter()
        try enter()
        while try hasNext(closing: UInt8(ascii: "]")) {
            skipWhiteSpace()
            guard peek == UInt8(ascii: "{") else { return takeBack(to: start, outer) }
            starts.append(UInt32(truncatingIfNeeded: position))
            try visit(&members)
        }
        guard starts.count >= Self.shortestList, !members.hasDuplicate else { return takeBack(to: start, outer) }
        return .array(JSONArray(JSONListText(document, start..<position, starts: starts, members.counts)))
    }

    /// The least number of elements of a list that stays text: a short list is read several times and takes little memory.
    private static let shortestList = 64

    private mutating func takeBack(to start: Int, _ outer: Int) -> JSONValue? {
        (position, depth) = (start, outer)
        return nil
    }

    /// Enters the array or object that begins here.
    private mutating func enter() throws(JSONFailure) {
        guard depth < Self.maximumDepth else { throw fault("nested deeper than \(Self.maximumDepth)") }
        depth += 1
        position += 1
        isFirst = true
    }

    /// Skips the mark before the next element or member; leaves the array or object at its end and returns `false`.
    private mutating func hasNext(closing: UInt8) throws(JSONFailure) -> Bool {
        let wasFirst = isFirst
        isFirst = false
        if wasFirst {
            skipWhiteSpace()
            guard peek == closing else { return true }
            position += 1
        } else if try !separator(closing: closing) {
            return true
        }
        depth -= 1
        return false
    }

    /// Calls `body` with the text of the string that begins here.
    private mutating func text(_ body: (UnsafeBufferPointer<UInt8>) -> Void) throws(JSONFailure) {
        let (text, content) = try stringText()
        if let content { content.withUnsafeBufferPointer(body) } else { body(text) }
    }

    /// Calls `body` with the name of the next member, and skips the colon behind it.
    private mutating func nameText(_ body: (UnsafeBufferPointer<UInt8>) -> Void) throws(JSONFailure) {
        skipWhiteSpace()
        guard peek == UInt8(ascii: "\"") else { throw fault("expected the name of a member") }
        try text(body)
        skipWhiteSpace()
        guard peek == UInt8(ascii: ":") else { throw fault("expected a colon") }
        position += 1
    }
}

/// A visitor for a text of which only the form is checked.
private struct NoVisitor: JSONVisitor {
    func null() {}
    func bool(_ value: Bool) {}
    func integer(_ value: Int64) {}
    func largeInteger(_ digits: UnsafeBufferPointer<UInt8>) {}
    func double(_ value: Double) {}
    func string(_ text: UnsafeBufferPointer<UInt8>) {}
    func beginArray() {}
    func endArray() {}
    func beginObject() {}
    func name(_ text: UnsafeBufferPointer<UInt8>) {}
    func endObject() {}
}
