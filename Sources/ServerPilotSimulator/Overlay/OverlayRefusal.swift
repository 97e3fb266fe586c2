internal import Groundwork
internal import OrderedCollections
public import ServerPilot

/// A call that an overlay refused.
public struct OverlayRefusal: Hashable, Sendable {
    /// The operation.
    public let operation: Operation.Name
    /// The id of the rule that refused the call.
    public let ruleID: String
    /// How sure the project is that ServerPilot refuses the call.
    public let evidence: Evidence
}
