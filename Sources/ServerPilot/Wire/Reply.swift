/// A successful reply: `{"data": …, "actionid": …}`.
public struct Reply: Hashable, Sendable {
    /// What the operation is about, with every member that came, known or not.
    public let data: JSONValue
    /// The work that was queued; `nil` where there is none.
    public let actionID: ActionID?

    /// A reply.
    public init(data: JSONValue, actionID: ActionID? = nil) {
        self.data = data
        self.actionID = actionID
    }
}
