public import Groundwork

/// A successful response: `{"data": …, "actionid": …}`.
///
/// ```swift
/// func names(in reply: Reply) -> [String] {
///     (reply.data.arrayValue ?? [reply.data]).compactMap { $0["name"]?.stringValue }
/// }
/// ```
public struct Reply: Hashable, Sendable {
    /// The resource or list in the response, with all its members, known or not.
    public let data: JSONValue
    /// The id of the queued action; `nil` if there is none.
    public let actionID: ActionID?

    /// Creates a reply.
    public init(data: JSONValue, actionID: ActionID? = nil) {
        self.data = data
        self.actionID = actionID
    }
}
