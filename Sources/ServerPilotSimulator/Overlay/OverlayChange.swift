public import Groundwork
public import OrderedCollections
public import ServerPilot

/// A change to an overlay, with the details that a plan shows.
public struct OverlayChange: Hashable, Sendable {
    /// A resource that was deleted along with another.
    public struct Fallen: Hashable, Sendable {
        /// The kind of the resource.
        public let kind: ResourceKind
        /// The resource's id.
        public let id: String
        /// The resource's name.
        public let name: String
    }

    /// The operation.
    public let operation: Operation.Name
    /// The arguments by wire name.
    public let arguments: JSONObject
    /// The resource in the path before the change; `nil` for a creation.
    public let before: JSONValue?
    /// The name of the server on which the change happens; `nil` for a resource without a server, such as an SSH key.
    public let server: String?
    /// The resources that were deleted along with it.
    public let fallen: [Fallen]
    /// The names of other apps whose PHP-FPM restarts when the runtime changes.
    public let neighbours: [String]
    /// The expected duration of the work on the server, including the wait in its queue; `nil` if no work is queued.
    public let work: Duration?
}
