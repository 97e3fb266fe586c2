public import ServerPilot

/// Work that was queued on a server.
public struct ActionRecord: Record {
    /// Its id.
    public let id: ActionID
    /// The server that does the work.
    public let serverID: ServerID
    /// What queued it; no reply tells it.
    public let operation: Operation.Name
    /// When it was queued.
    public let created: Timestamp
    /// How long the work takes once it has begun.
    public let duration: Duration
    /// How the work ends.
    public let outcome: ActionPlan.Outcome
    /// When the work ends; `nil` on a server that never connected, where nobody knows.
    public internal(set) var end: Timestamp?

    /// How the work stands at that time.
    public func status(at now: Timestamp) -> Action.Status {
        guard let end, end <= now else { return .open }
        return switch outcome {
        case .success: .success
        case .error: .error
        }
    }

    /// What its table counts it by.
    public var places: [RecordPlace] { [RecordPlace(.server, serverID.rawValue)] }

    /// The member of that wire name; `status` depends on the time and is not among them.
    public subscript(field: String) -> JSONValue? {
        switch field {
        case "id": .string(id.rawValue)
        case "serverid": .string(serverID.rawValue)
        case "datecreated": .integer(created.epochSeconds)
        default: nil
        }
    }
}
