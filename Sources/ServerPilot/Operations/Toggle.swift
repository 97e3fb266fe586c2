/// How a rule that may be wrong can be switched in a simulation, and what happens when it does not hold.
///
/// Every rule that is only inferred has one, so that a recipe can be tried against both possible ServerPilots; so has
/// one whose documented form practice does not keep.
public struct Toggle: Hashable, Sendable {
    /// What happens where the rule does not hold.
    public enum Otherwise: Hashable, Sendable {
        /// The call is accepted.
        case isAccepted
        /// The call is refused all the same, with this status.
        case isRefused(status: Int)
        /// This, as a sentence.
        case happens(String)
    }

    /// What happens where the rule does not hold.
    public let otherwise: Otherwise
    /// Whether the rule holds where nothing is said.
    public let isOnByDefault: Bool

    /// A rule that holds unless it is switched off.
    static func otherwise(_ otherwise: Otherwise) -> Toggle { Toggle(otherwise: otherwise, isOnByDefault: true) }

    /// A rule that holds only when it is switched on.
    static let off = Toggle(otherwise: .isAccepted, isOnByDefault: false)

    /// What happens where the rule does not hold, in words.
    public var words: String {
        switch otherwise {
        case .isAccepted: "accepted"
        case .isRefused(let status): "refused with \(status)"
        case .happens(let sentence): sentence
        }
    }
}
