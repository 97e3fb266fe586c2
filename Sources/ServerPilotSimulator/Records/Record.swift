public import ServerPilot
internal import OrderedCollections

/// One row of a table of the account.
public protocol Record: Hashable, Sendable {
    /// The member of that wire name; `nil` where the row alone does not tell it.
    subscript(field: String) -> JSONValue? { get }
    /// What its table counts it by.
    var places: [RecordPlace] { get }
}

extension Record {
    /// The members of the shape that the row tells, in the shape's order.
    func reply(as shape: Shape, adding more: [String] = []) -> JSONValue {
        var members = JSONObject()
        for name in shape.fields.map(\.name) + more {
            if let value = self[name] { members[name] = value }
        }
        return .object(members)
    }
}
