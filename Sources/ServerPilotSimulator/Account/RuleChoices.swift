public import ServerPilot

/// Which rules a simulated account keeps, where the project does not know whether ServerPilot does.
///
/// Nothing is chosen until it is: then every rule stands as its `Toggle` says.
public struct RuleChoices: Hashable, Sendable {
    /// The ids of the rules that are not as their toggle says.
    public private(set) var departures: Set<String> = []

    /// Every rule as its toggle says.
    public init() {}

    /// Whether the rule of that id, with that toggle, is kept.
    func keeps(_ id: String, _ toggle: Toggle?) -> Bool {
        guard let toggle else { return true }
        return toggle.isOnByDefault != departures.contains(id)
    }

    /// Whether the account does this.
    func keeps(_ behaviour: Behaviour) -> Bool { keeps(behaviour.id, behaviour.toggle) }

    /// Switches a rule.
    ///
    /// - Throws: `RuleChoiceError` when there is no such rule, or when it is too sure to be switched.
    public mutating func set(_ id: String, on isOn: Bool) throws(RuleChoiceError) {
        guard let entry = RuleEntry.named(id) else { throw RuleChoiceError(ruleID: id, evidence: nil) }
        guard let toggle = entry.toggle else { throw RuleChoiceError(ruleID: id, evidence: entry.evidence) }
        if toggle.isOnByDefault == isOn { departures.remove(id) } else { departures.insert(id) }
    }

    /// Whether the rule of that row is kept.
    public func keeps(_ entry: RuleEntry) -> Bool { keeps(entry.id, entry.toggle) }
}

/// Why a rule cannot be switched.
public struct RuleChoiceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The rule that was asked for.
    public let ruleID: String
    /// How sure the project is of it; `nil` when there is no such rule.
    public let evidence: Evidence?

    /// The reason, without the id.
    public var reason: String {
        guard let evidence else { return "there is no such rule" }
        return "it is \(evidence), not a guess, and cannot be switched"
    }

    /// The id and the reason.
    public var description: String { "'\(ruleID)': \(reason)" }
}
