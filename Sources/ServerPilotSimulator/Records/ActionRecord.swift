public import Groundwork
public import ServerPilot

/// Work queued on a server.
///
/// ```swift
/// func open(in account: Account, at now: Timestamp) -> [ActionRecord] {
///     account.actions.values.filter { $0.status(at: now) == .open }
/// }
/// ```
public struct ActionRecord: Record, Hashable, Sendable {
    /// The action's id.
    public let id: ActionID
    /// The server that does the work.
    public let serverID: ServerID
    /// The operation that queued the work, which no reply contains.
    public let operation: Operation.Name
    /// The time at which the work was queued.
    public let created: Timestamp
    /// The time that the work takes once it has begun.
    public let duration: Duration
    /// The result of the work.
    public let outcome: ActionPlan.Outcome
    /// The time at which the work ends; `nil` on a server that never connected, where it is unknown.
    public internal(set) var end: Timestamp?

    /// Returns the status of the work at that time.
    public func status(at now: Timestamp) -> Action.Status {
        guard let end, end <= now else { return .open }
        return switch outcome {
        case .success: .success
        case .error: .error
        }
    }

    /// The keys by which the table counts the record.
    package var places: [RecordPlace] { [RecordPlace(.server, serverID.rawValue)] }

    /// The member with that wire name; `nil` for `status`, which depends on the time.
    package subscript(field: String) -> JSONValue? {
        switch field {
        case "id": .string(id.rawValue)
        case "serverid": .string(serverID.rawValue)
        case "datecreated": .integer(created.epochSeconds)
        default: nil
        }
    }
}
