/// The settings of a rule in a simulation.
///
/// Every inferred rule has settings, so that a client can be tested against every possible ServerPilot. So does a rule
/// whose documentation differs from practice. The first setting is the default.
///
/// ```swift
/// func settings(of rule: RuleEntry) -> [String] {
///     (rule.toggle?.settings ?? []).map { "--rule \(rule.id)=\($0.name)  \($0.words)" }
/// }
/// ```
public struct Toggle: Hashable, Sendable {
    /// One setting of a rule.
    public struct Setting: Hashable, Sendable {
        /// The API's response under the setting.
        public enum Outcome: Hashable, Sendable {
            /// The rule's sentence holds.
            case holds
            /// The API accepts the calls that the rule would refuse.
            case isAccepted
            /// The API refuses the same calls, with another status.
            case isRefused(status: Int)
            /// The API behaves as the sentence states.
            case happens(String)
        }

        /// The name on the command line: `off` in `--rule app-name-unique=off`.
        public let name: String
        /// The API's response under the setting.
        public let outcome: Outcome

        /// The outcome in words.
        public var words: String {
            switch outcome {
            case .holds: "the rule holds"
            case .isAccepted: "accepted"
            case .isRefused(let status): "refused with \(status)"
            case .happens(let sentence): sentence
            }
        }
    }

    /// The default setting.
    public let standard: Setting
    private let others: [Setting]

    /// All settings, the default first.
    public var settings: [Setting] { [standard] + others }
    /// Whether the rule holds by default.
    public var isOnByDefault: Bool { standard.outcome == .holds }

    private init(_ standard: Setting, _ others: [Setting]) {
        self.standard = standard
        self.others = others
    }

    /// Returns the setting with a name; `nil` if there is none.
    public func setting(_ name: String) -> Setting? { settings.first { $0.name == name } }

    /// Returns settings for a rule that holds (`on`) by default; `off` has the outcome.
    static func otherwise(_ outcome: Setting.Outcome) -> Toggle {
        Toggle(Setting(name: "on", outcome: .holds), [Setting(name: "off", outcome: outcome)])
    }

    /// The settings of a rule that holds only when it is switched on.
    static let off = Toggle(Setting(name: "off", outcome: .isAccepted), [Setting(name: "on", outcome: .holds)])

    /// Returns settings with their own names, the default first.
    static func oneOf(
        _ standard: (name: String, outcome: Setting.Outcome), _ others: (name: String, outcome: Setting.Outcome)...
    ) -> Toggle {
        Toggle(
            Setting(name: standard.name, outcome: standard.outcome),
            others.map { Setting(name: $0.name, outcome: $0.outcome) })
    }
}
