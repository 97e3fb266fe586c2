internal import ServerPilot

/// What a run knows of an action that one of its own calls caused.
struct ActionOrigin {
    /// The operation that queued it.
    let operation: ServerPilot.Operation.Name
    /// What it is about: a name, or an id.
    let object: String
    /// The server that does the work, where the reply told.
    let serverID: String?
    /// When the reply came, by the run's steady clock.
    let queued: Timestamp
    /// Whether an earlier life of the run caused it: the action may have ended long ago.
    let isEarlier: Bool

    /// `create_app acmesite`.
    var subject: String { "\(operation) \(object)" }
}
