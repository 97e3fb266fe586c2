/// An action: work queued on a server.
public struct Action: Model {
    /// How an action stands; words that the API adds later are kept.
    public struct Status: RawRepresentable, Hashable, Sendable {
        /// The API's word.
        public let rawValue: String
        /// A status by the API's word.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The work waits or goes on.
        public static let open = Status(rawValue: "open")
        /// The work is done.
        public static let success = Status(rawValue: "success")
        /// The work has failed.
        public static let error = Status(rawValue: "error")
    }

    /// What the API says of an action.
    public static let shape = Shape.action

    /// Its id.
    public let id: ActionID
    /// The server that does the work.
    public let serverid: ServerID
    /// How it stands.
    public let status: Status
    /// When it was queued.
    public let datecreated: Timestamp
    /// What the API sent beyond that.
    public let unknownFields: JSONObject

    /// Reads an action from a reply.
    public init(from reader: inout ObjectReader) throws(ServerPilotError) {
        id = try reader.identifier("id")
        serverid = try reader.identifier("serverid")
        status = Status(rawValue: try reader.string("status"))
        datecreated = try reader.timestamp("datecreated")
        unknownFields = reader.rest
    }
}
