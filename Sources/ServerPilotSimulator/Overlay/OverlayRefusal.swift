internal import Groundwork
internal import OrderedCollections
package import ServerPilot

/// A call that an overlay refused.
package struct OverlayRefusal: Hashable, Sendable {
    /// The operation.
    package let operation: Operation.Name
    /// The id of the rule that refused the call.
    package let ruleID: String
    /// How sure the project is that ServerPilot refuses the call.
    package let evidence: Evidence
}
