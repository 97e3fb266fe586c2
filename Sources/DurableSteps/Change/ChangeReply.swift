package import Groundwork
internal import OrderedCollections

/// The reply to a change.
package struct ChangeReply: Hashable, Sendable {
    /// The data of the reply.
    package var data: JSONValue
    /// The id of work that continues after the reply; `nil` if there is none or it is unknown.
    package var action: String?

    /// Creates a reply.
    package init(_ data: JSONValue, action: String? = nil) {
        self.data = data
        self.action = action
    }

    /// The reply of a change that returns nothing.
    static let empty = ChangeReply(.object([:]))
}
