package import Groundwork

/// A ServerPilot resource as a Swift value.
///
/// The members have the names that its `Shape` lists; a test compares the two.
package protocol Model: Hashable, Sendable {
    /// The fields of the resource in a response.
    static var shape: Shape { get }

    /// Reads the known members; unknown members stay in the reader.
    init(from reader: inout ObjectReader) throws(ServerPilotError)
}

extension Model {
    /// Reads the resource from the data of a response.
    ///
    /// - Throws: `ServerPilotError` with the code `unreadableReply` if a member is missing or has another type.
    package init(_ value: JSONValue) throws(ServerPilotError) {
        var reader = try ObjectReader(value, of: Self.shape.name)
        try self.init(from: &reader)
    }
}
