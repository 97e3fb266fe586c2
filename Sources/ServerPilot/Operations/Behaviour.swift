/// A rule of ServerPilot that applies to all operations, or that does more than refuse a call, with its evidence.
///
/// The known rules of the API are these, the `Constraint`s of fields and the `Rule`s of operations.
package struct Behaviour: Hashable, Sendable {
    /// A short stable id, such as `apikey-once`.
    package let id: String
    /// The evidence for the rule.
    package let evidence: Evidence
    /// The HTTP status of a refusal by the rule; `nil` if it refuses nothing.
    package let status: Int?
    /// The rule as a sentence.
    package let sentence: String
    /// The settings of the rule in a simulation; `nil` if it is fixed.
    package let toggle: Toggle?

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
    package static let all = requests + arguments + conduct + replies
}
