public import ServerPilot

/// The settings of a simulated account's rules, where ServerPilot's real behavior is unknown.
///
/// Until a setting is chosen, each rule has the first setting of its `Toggle`.
///
/// ```swift
/// // One account for each way in which an unsure rule could hold.
/// for rule in RuleEntry.all {
///     for setting in rule.toggle?.settings ?? [] {
///         var rules = RuleChoices()
///         try rules.set(rule.id, to: setting.name)
///         let account = Account(settings: AccountSettings(rules: rules))
///         print(rule.id, setting.name, account.servers.count)
///     }
/// }
/// ```
public struct RuleChoices: Hashable, Sendable {
    /// The rules that differ from their first setting: the name of the setting by rule id.
    public private(set) var departures: [String: String] = [:]

    /// Creates choices with every rule at its first setting.
    public init() {}

    /// Returns the setting of the rule with that id and toggle; `nil` if the rule cannot be switched.
    func setting(of id: String, _ toggle: Toggle?) -> Toggle.Setting? {
        toggle.map { toggle in departures[id].flatMap(toggle.setting) ?? toggle.standard }
    }

    /// Returns the setting of the rule in that row; `nil` if the rule cannot be switched.
    public func setting(of entry: RuleEntry) -> Toggle.Setting? { setting(of: entry.id, entry.toggle) }

    /// Whether the rule with that id and toggle holds as its sentence states.
    func keeps(_ id: String, _ toggle: Toggle?) -> Bool { setting(of: id, toggle)?.outcome ?? .holds == .holds }

    /// Whether the account behaves as the behavior's sentence states.
    func keeps(_ behaviour: Behaviour) -> Bool { keeps(behaviour.id, behaviour.toggle) }

    /// Whether the rule in that row holds as its sentence states.
    public func keeps(_ entry: RuleEntry) -> Bool { keeps(entry.id, entry.toggle) }

    /// The name of the behavior's setting; empty if it cannot be switched.
    subscript(_ behaviour: Behaviour) -> String { setting(of: behaviour.id, behaviour.toggle)?.name ?? "" }

    /// The name of the rule's setting; empty if it cannot be switched.
    subscript(_ rule: Rule) -> String { setting(of: rule.id, rule.toggle)?.name ?? "" }

    /// Returns the status that refuses a value breaking the constraint; `nil` if such a value is accepted.
    func refusal(by constraint: Constraint) -> Int? {
        switch setting(of: constraint.id, constraint.toggle)?.outcome {
        case .holds, nil: 400
        case .isRefused(let status): status
        case .isAccepted, .happens: nil
        }
    }

    /// The unit in which lengths are counted.
    var lengthUnit: LengthUnit { LengthUnit(rawValue: self[.lengthUnit]) ?? .characters }

    /// Chooses the setting of a rule.
    ///
    /// - Throws: `RuleChoiceError` if no rule or setting has that name, or if the rule is too certain to be switched.
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
    /// - Throws: `RuleChoiceError`, also if the rule's settings have other names.
    public mutating func set(_ id: String, on isOn: Bool) throws(RuleChoiceError) {
        try set(id, to: isOn ? "on" : "off")
    }
}
