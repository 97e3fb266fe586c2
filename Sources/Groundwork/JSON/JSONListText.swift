/// A JSON array as text that has been checked, with the places of its elements.
package final class JSONListText: Sendable {
    /// The document that contains the array, in UTF-8.
    private let document: [UInt8]
    /// The range of the array in the document, with its brackets.
    private let range: Range<Int>
    /// The start of each element in the document.
    private let starts: [UInt32]
    /// The counts of the members of the elements, by name.
    private let members: [String: MemberCounter.Count]

    /// Creates a text.
    ///
    /// - Parameters:
    ///   - document: a document of less than 4 GiB that is valid JSON.
    ///   - range: the array in it.
    ///   - starts: the start of each element, an object in which no name repeats.
    ///   - members: the counts of their members, by name.
    init(
        _ document: [UInt8], _ range: Range<Int>, starts: [UInt32], _ members: [String: MemberCounter.Count]
    ) {
        self.members = members
        self.document = document
        self.range = range
        self.starts = starts
    }

    /// The number of elements.
    var count: Int { starts.count }

    /// The positions of the elements.
    var indices: Range<Int> { starts.indices }

    /// Returns the number of elements that have a string as a member.
    package func strings(named name: String) -> Int { members[name]?.strings ?? 0 }

    /// Returns whether an element has a member that is not null.
    package func hasValue(named name: String) -> Bool { members[name].map { $0.values > 0 } ?? false }

    /// The number of bytes of the array.
    package var byteCount: Int { range.count }

    /// Returns an element.
    func value(at index: Int) -> JSONValue {
        read(at: index) { (reader) throws(JSONFailure) in try reader.value() } ?? .null
    }

    /// Returns the member of an element; `nil` if there is none or the element is not an object.
    func member(_ name: String, at index: Int) -> JSONValue? {
        read(at: index) { (reader) throws(JSONFailure) in try reader.member(name) } ?? nil
    }

    /// Passes the whole array to a visitor.
    package func visit(_ visitor: inout some JSONVisitor & ~Copyable) {
        _ = JSONReader.read(document, from: range.lowerBound) { (reader) throws(JSONFailure) in
            try reader.visit(&visitor)
        }
    }

    private func read<Value>(at index: Int, _ body: (inout JSONReader) throws(JSONFailure) -> Value) -> Value? {
        // The text was checked when it arrived, so reading it again does not fail.
        try? JSONReader.read(document, from: Int(starts[index]), .last, body).get()
    }
}
