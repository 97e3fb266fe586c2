internal import Groundwork
internal import ServerPilot

/// Facts about an action that a call of the run caused.
struct ActionOrigin {
    /// The operation that queued the action.
    let operation: ServerPilot.Operation.Name
    /// The name or id of the resource that the operation is about.
    let object: String
    /// The server that does the work; `nil` if unknown.
    let serverID: String?
    /// The time when the reply arrived, on the run's steady clock.
    let queued: Timestamp
    /// Whether an earlier execution of the run caused the action, so that it may have ended long ago.
    let isEarlier: Bool

    /// The operation and its object, such as `create_app acmesite`.
    var subject: String { "\(operation) \(object)" }
}
