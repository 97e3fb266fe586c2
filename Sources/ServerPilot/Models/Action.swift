public import Groundwork

/// An action: work queued on a server.
///
/// ```swift
/// func isDone(_ action: Action) -> Bool {
///     if action.status == .error { print("action \(action.id) failed on server \(action.serverid)") }
///     return action.status != .open
/// }
/// ```
public struct Action: Model, Hashable, Sendable {
    /// The status of an action; words that the API adds later are kept.
    public struct Status: RawRepresentable, Hashable, Sendable {
        /// The API's word.
        public let rawValue: String
        /// Creates a status from the API's word.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The work is waiting or running.
        public static let open = Status(rawValue: "open")
        /// The work is done.
        public static let success = Status(rawValue: "success")
        /// The work has failed.
        public static let error = Status(rawValue: "error")
    }

    /// The fields of an action in a response.
    package static let shape = Shape.action

    /// The id of the action.
    public let id: ActionID
    /// The server that does the work.
    public let serverid: ServerID
    /// The status of the action.
    public let status: Status
    /// The time at which it was queued.
    public let datecreated: Timestamp
    /// Response fields that this type does not define.
    public let unknownFields: JSONObject

    /// Reads an action from a reply.
    package init(from reader: inout ObjectReader) throws(ServerPilotError) {
        id = try reader.identifier("id")
        serverid = try reader.identifier("serverid")
        status = Status(rawValue: try reader.string("status"))
        datecreated = try reader.timestamp("datecreated")
        unknownFields = reader.rest
    }
}
