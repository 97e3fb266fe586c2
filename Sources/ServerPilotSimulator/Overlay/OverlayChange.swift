public import OrderedCollections
public import ServerPilot

/// What one change did to an overlay: what a plan shows of it.
public struct OverlayChange: Hashable, Sendable {
    /// Something that went with what was deleted.
    public struct Fallen: Hashable, Sendable {
        /// What it was.
        public let kind: ResourceKind
        /// Its id.
        public let id: String
        /// Its name.
        public let name: String
    }

    /// The operation.
    public let operation: Operation.Name
    /// Its arguments, by wire name.
    public let arguments: JSONObject
    /// The thing that the path names, as it was before; `nil` of a creation.
    public let before: JSONValue?
    /// The name of the server that it happens on; `nil` of what is on none, such as an SSH key.
    public let server: String?
    /// What was deleted with it.
    public let fallen: [Fallen]
    /// Other apps whose PHP-FPM restarts with the change of a runtime.
    public let neighbours: [String]
    /// How long the work on the server is likely to take, waiting in its queue included; `nil` where none is queued.
    public let work: Duration?
}

/// A call that an overlay refused.
public struct OverlayRefusal: Hashable, Sendable {
    /// The operation.
    public let operation: Operation.Name
    /// The id of the rule that refused it.
    public let ruleID: String
    /// How sure the project is that ServerPilot would.
    public let evidence: Evidence
}
