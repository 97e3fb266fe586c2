public import ServerPilot

/// The reason why a rule cannot have a setting.
///
/// ```swift
/// func choose(_ id: String, _ setting: String, in rules: inout RuleChoices) {
///     do throws(RuleChoiceError) {
///         try rules.set(id, to: setting)
///     } catch {
///         print("\(error); known settings: \(error.settings.joined(separator: ", "))")
///     }
/// }
/// ```
public struct RuleChoiceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The id that the caller passed.
    public let ruleID: String
    /// How sure the project is of the rule; `nil` if no rule has the id.
    public let evidence: Evidence?
    /// The settings of the rule; empty if it cannot be switched.
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
