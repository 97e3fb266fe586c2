/// The ways in which a rule that may be wrong can stand in a simulation.
///
/// Every rule that is only inferred has one, so that a client can be tried against each ServerPilot that is possible; so
/// has a rule whose documented form practice does not keep. The first setting is the default.
public struct Toggle: Hashable, Sendable {
    /// One way in which the rule can stand.
    public struct Setting: Hashable, Sendable {
        /// What the API does under the setting.
        public enum Outcome: Hashable, Sendable {
            /// What the rule's sentence says.
            case holds
            /// It accepts what the rule would refuse.
            case isAccepted
            /// It refuses the same calls, with this status.
            case isRefused(status: Int)
            /// This, as a sentence.
            case happens(String)
        }

        /// The setting as it is written on the command line: `off` in `--rule app-name-unique=off`.
        public let name: String
        /// What the API does.
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

    /// The setting that stands unless another is chosen.
    public let standard: Setting
    private let others: [Setting]

    /// Every setting, the default first.
    public var settings: [Setting] { [standard] + others }
    /// Whether the rule holds unless another setting is chosen.
    public var isOnByDefault: Bool { standard.outcome == .holds }

    private init(_ standard: Setting, _ others: [Setting]) {
        self.standard = standard
        self.others = others
    }

    /// The setting of that name, or `nil` when there is none.
    public func setting(_ name: String) -> Setting? { settings.first { $0.name == name } }

    /// A rule that holds (`on`) unless it is switched `off`; then this happens instead.
    static func otherwise(_ outcome: Setting.Outcome) -> Toggle {
        Toggle(Setting(name: "on", outcome: .holds), [Setting(name: "off", outcome: outcome)])
    }

    /// A rule that holds only when it is switched on.
    static let off = Toggle(Setting(name: "off", outcome: .isAccepted), [Setting(name: "on", outcome: .holds)])

    /// A rule with settings of its own names, the default first.
    static func oneOf(
        _ standard: (name: String, outcome: Setting.Outcome), _ others: (name: String, outcome: Setting.Outcome)...
    ) -> Toggle {
        Toggle(
            Setting(name: standard.name, outcome: standard.outcome),
            others.map { Setting(name: $0.name, outcome: $0.outcome) })
    }
}
