/// A thing of ServerPilot's as a Swift value.
///
/// The names of its members are those of its `Shape`; a test holds the two together.
public protocol Model: Hashable, Sendable {
    /// What the API says of it.
    static var shape: Shape { get }

    /// Reads the members; those that it does not know stay in the reader.
    init(from reader: inout ObjectReader) throws(ServerPilotError)
}

extension Model {
    /// Reads the thing from a reply's data.
    ///
    /// - Throws: `ServerPilotError` with the code `unreadableReply` when a member is missing or has another type.
    public init(_ value: JSONValue) throws(ServerPilotError) {
        var reader = try ObjectReader(value, of: Self.shape.name)
        try self.init(from: &reader)
    }
}
