package import Groundwork
internal import OrderedCollections
package import ServerPilot

/// A change to an overlay, with the details that a plan shows.
package struct OverlayChange: Hashable, Sendable {
    /// A resource that was deleted along with another.
    package struct Fallen: Hashable, Sendable {
        /// The kind of the resource.
        package let kind: ResourceKind
        /// The resource's id.
        package let id: String
        /// The resource's name.
        package let name: String
    }

    /// The operation.
    package let operation: Operation.Name
    /// The arguments by wire name.
    package let arguments: JSONObject
    /// The resource in the path before the change; `nil` for a creation.
    package let before: JSONValue?
    /// The name of the server on which the change happens; `nil` for a resource without a server, such as an SSH key.
    package let server: String?
    /// The resources that were deleted along with it.
    package let fallen: [Fallen]
    /// The names of other apps whose PHP-FPM restarts when the runtime changes.
    package let neighbours: [String]
    /// The expected duration of the work on the server, including the wait in its queue; `nil` if no work is queued.
    package let work: Duration?
}
