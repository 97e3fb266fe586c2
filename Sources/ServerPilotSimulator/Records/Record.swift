package import Groundwork
internal import ServerPilot
internal import OrderedCollections

/// A row of a table of the account.
package protocol Record: Hashable, Sendable {
    /// The member with that wire name; `nil` if it depends on more than the row.
    subscript(field: String) -> JSONValue? { get }
    /// The keys by which the table counts the record.
    var places: [RecordPlace] { get }
}

extension Record {
    /// Returns the members of the shape that the row contains, in the shape's order, then the members in `more`.
    func reply(as shape: Shape, adding more: [String] = []) -> JSONValue {
        var members = JSONObject()
        for name in shape.fields.map(\.name) + more {
            if let value = self[name] { members[name] = value }
        }
        return .object(members)
    }
}
