/// What ServerPilot does for every operation alike, or beside a refusal, with how sure the project is of it.
///
/// With the `Constraint`s of fields and the `Rule`s of operations these are all that is known of the API's conduct.
public struct Behaviour: Hashable, Sendable {
    /// A short stable name.
    public let id: String
    /// How sure the project is of it.
    public let evidence: Evidence
    /// The status of a refusal by it; `nil` where it refuses nothing.
    public let status: Int?
    /// What happens.
    public let sentence: String
    /// How it can be switched in a simulation; `nil` where it cannot be.
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

    /// Everything that is known beside the fields and rules of `Operation.all`.
    public static let all = requests + arguments + conduct + replies
}
