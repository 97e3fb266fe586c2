public import Groundwork
internal import OrderedCollections

/// The reply to a change.
public struct ChangeReply: Hashable, Sendable {
    /// The data of the reply.
    public var data: JSONValue
    /// The id of work that continues after the reply; `nil` if there is none or it is unknown.
    public var action: String?

    /// Creates a reply.
    public init(_ data: JSONValue, action: String? = nil) {
        self.data = data
        self.action = action
    }

    /// The reply of a change that returns nothing.
    static let empty = ChangeReply(.object([:]))
}
