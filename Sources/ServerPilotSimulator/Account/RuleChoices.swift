public import ServerPilot

/// How the rules of a simulated account stand, where the project does not know how ServerPilot's do.
///
/// Nothing is chosen until it is: then every rule has the first setting of its `Toggle`.
public struct RuleChoices: Hashable, Sendable {
    /// The rules that have another setting than their first, by id, each with the name of its setting.
    public private(set) var departures: [String: String] = [:]

    /// Every rule at its first setting.
    public init() {}

    /// The setting of the rule of that id, with that toggle; `nil` where it cannot be switched.
    func setting(of id: String, _ toggle: Toggle?) -> Toggle.Setting? {
        toggle.map { toggle in departures[id].flatMap(toggle.setting) ?? toggle.standard }
    }

    /// The setting of the rule of that row; `nil` where it cannot be switched.
    public func setting(of entry: RuleEntry) -> Toggle.Setting? { setting(of: entry.id, entry.toggle) }

    /// Whether the rule of that id, with that toggle, is kept as its sentence says.
    func keeps(_ id: String, _ toggle: Toggle?) -> Bool { setting(of: id, toggle)?.outcome ?? .holds == .holds }

    /// Whether the account does this.
    func keeps(_ behaviour: Behaviour) -> Bool { keeps(behaviour.id, behaviour.toggle) }

    /// Whether the rule of that row is kept as its sentence says.
    public func keeps(_ entry: RuleEntry) -> Bool { keeps(entry.id, entry.toggle) }

    /// The name of the behaviour's setting; empty where it cannot be switched.
    subscript(_ behaviour: Behaviour) -> String { setting(of: behaviour.id, behaviour.toggle)?.name ?? "" }

    /// The name of the rule's setting; empty where it cannot be switched.
    subscript(_ rule: Rule) -> String { setting(of: rule.id, rule.toggle)?.name ?? "" }

    /// Whether a value that breaks the rule is refused, and with which status.
    func refusal(by constraint: Constraint) -> Int? {
        switch setting(of: constraint.id, constraint.toggle)?.outcome {
        case .holds, nil: 400
        case .isRefused(let status): status
        case .isAccepted, .happens: nil
        }
    }

    /// In which unit lengths are counted.
    var lengthUnit: LengthUnit { LengthUnit(rawValue: self[.lengthUnit]) ?? .characters }

    /// Gives a rule a setting.
    ///
    /// - Throws: `RuleChoiceError` when there is no such rule or setting, or when the rule is too sure to be switched.
    public mutating func set(_ id: String, to setting: String) throws(RuleChoiceError) {
        guard let entry = RuleEntry.named(id) else { throw RuleChoiceError(ruleID: id, evidence: nil) }
        guard let toggle = entry.toggle else { throw RuleChoiceError(ruleID: id, evidence: entry.evidence) }
        guard let chosen = toggle.setting(setting) else {
            throw RuleChoiceError(ruleID: id, evidence: entry.evidence, settings: toggle.settings.map(\.name))
        }
        departures[id] = chosen == toggle.standard ? nil : chosen.name
    }

    /// Switches a rule whose settings are `on` and `off`.
    ///
    /// - Throws: `RuleChoiceError`, also when its settings have other names.
    public mutating func set(_ id: String, on isOn: Bool) throws(RuleChoiceError) {
        try set(id, to: isOn ? "on" : "off")
    }
}

/// Why a rule cannot be given a setting.
public struct RuleChoiceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The rule that was asked for.
    public let ruleID: String
    /// How sure the project is of it; `nil` when there is no such rule.
    public let evidence: Evidence?
    /// The settings that the rule has, where it can be switched.
    public var settings: [String] = []

    /// The reason, without the id.
    public var reason: String {
        guard let evidence else { return "there is no such rule" }
        guard settings.isEmpty else { return "give it one of the settings \(settings.joined(separator: ", "))" }
        return "it is \(evidence), not a guess, and cannot be switched"
    }

    /// The id and the reason.
    public var description: String { "'\(ruleID)': \(reason)" }
}
