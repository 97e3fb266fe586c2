/// The result of a create or update: the resource, and the action that the change queued.
///
/// ```swift
/// import ServerPilotClient
///
/// func create(_ name: String, for user: SysuserID, in account: ServerPilotAccount) async throws -> App {
///     let change = try await account.createApp(name: name, sysuser: user, runtime: "php8.4")
///     try await account.wait(for: change.actionID)
///     return change.object
/// }
/// ```
public struct Change<Object: Sendable>: Sendable {
    /// The resource after the change.
    ///
    /// The record changed at once; only the work on the server takes time.
    public let object: Object
    /// The id of the action queued on the server; `nil` if there is none.
    public let actionID: ActionID?

    /// Creates a result.
    public init(object: Object, actionID: ActionID?) {
        self.object = object
        self.actionID = actionID
    }
}

extension Change: Equatable where Object: Equatable {}
