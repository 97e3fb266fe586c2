/// What a create or an update gives: the thing, and the work that it caused.
public struct Change<Object: Sendable>: Sendable {
    /// The thing after the change.
    ///
    /// The record changed at once; only the work on the server takes time.
    public let object: Object
    /// The work queued on the server; `nil` where there is none.
    public let actionID: ActionID?

    /// A change.
    public init(object: Object, actionID: ActionID?) {
        self.object = object
        self.actionID = actionID
    }
}

extension Change: Equatable where Object: Equatable {}
