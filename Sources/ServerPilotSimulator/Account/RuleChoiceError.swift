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
        guard let evidence else { return "no rule has this name" }
        guard settings.isEmpty else { return "its settings are \(settings.joined(separator: ", "))" }
        return "it is \(evidence), so it cannot be changed"
    }

    /// The id and the reason.
    public var description: String { "'\(ruleID)': \(reason)" }
}
