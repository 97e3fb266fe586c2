extension JSONValue {
    /// Reads one JSON document; if a name repeats in an object, the last member counts.
    ///
    /// - Parameter bytes: the document, in UTF-8.
    /// - Throws: `JSONFailure` with the offset of the fault, never with the text; also for arrays and objects nested more
    ///   than 64 levels deep.
    public init(bytes: [UInt8]) throws(JSONFailure) {
        try self.init(bytes: bytes, repeated: .last)
    }

    /// Reads one JSON document.
    ///
    /// - Parameters:
    ///   - bytes: the document, in UTF-8.
    ///   - repeated: which of two members with the same name counts.
    /// - Throws: `JSONFailure` with the offset of the fault, never with the text.
    package init(bytes: [UInt8], repeated: RepeatedMembers) throws(JSONFailure) {
        self = try JSONReader.read(bytes, repeated)
    }

    /// Reads one JSON document whose member `name` may be a long list: its elements are then read when they are used.
    ///
    /// - Throws: `JSONFailure`, as `init(bytes:)`, also for a fault in an element.
    package init(bytes: [UInt8], listNamed name: StaticString) throws(JSONFailure) {
        self = try JSONReader.read(bytes, listNamed: name)
    }

    /// Reads one JSON document from a string.
    ///
    /// - Throws: `JSONFailure`, as `init(bytes:)`.
    public init(text: String) throws(JSONFailure) {
        self = try JSONReader.read(Array(text.utf8))
    }

    /// The value as JSON on one line, in UTF-8.
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }

    /// Returns the value as JSON: on one line by default, or indented by `indentation` spaces per level.
    public func text(indentation: Int? = nil) -> String {
        var writer = JSONWriter(indentation: indentation)
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Whether writing and reading the value returns an equal value.
    ///
    /// JSON cannot express some numbers, and the reader limits the depth.
    package var survivesBytes: Bool { (try? JSONValue(bytes: bytes)) == self }
}
