/// A rule of ServerPilot that applies to all operations, or that does more than refuse a call, with its evidence.
///
/// The known rules of the API are these, the `Constraint`s of fields and the `Rule`s of operations.
public struct Behaviour: Hashable, Sendable {
    /// A short stable id, such as `apikey-once`.
    public let id: String
    /// The evidence for the rule.
    public let evidence: Evidence
    /// The HTTP status of a refusal by the rule; `nil` if it refuses nothing.
    public let status: Int?
    /// The rule as a sentence.
    public let sentence: String
    /// The settings of the rule in a simulation; `nil` if it is fixed.
    public let toggle: Toggle?

    init(
        _ id: String, _ evidence: Evidence, status: Int? = nil, _ sentence: String, settings toggle: Toggle? = nil,
        otherwise: Toggle.Setting.Outcome? = nil
    ) {
        self.id = id
        self.evidence = evidence
        self.status = status
        self.sentence = sentence
        self.toggle = toggle ?? otherwise.map(Toggle.otherwise)
    }

    /// All known rules except those of the fields and operations in `Operation.all`.
    public static let all = requests + arguments + conduct + replies
}
