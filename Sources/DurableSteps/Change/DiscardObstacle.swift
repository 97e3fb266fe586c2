internal import Groundwork

/// The reason why a resource is not discarded.
package enum DiscardObstacle: Hashable, Sendable {
    /// It is in use.
    case inUse(String)
    /// It could not be read.
    case unread(StepFailure)
}
