internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// The outcome of one effect.
enum EffectOutcome: Hashable, Sendable {
    typealias Origin = Entry.Outcome.Origin

    /// The effect was executed.
    case done(Reply, by: Origin)
    /// The effect was certainly not executed.
    case refused(RecordedFailure)
    /// A person must decide; nothing was sent since.
    case undecided(Undecided)
    /// The engine does not know whether the effect was executed, and looking failed: the run has to be resumed.
    case unfinished(RecordedFailure)
}

/// A question that a person must decide.
struct Undecided: Hashable, Sendable {
    /// The reason why the engine cannot decide.
    let reason: String
    /// The ids that may be the result of the effect.
    let candidates: [String]
    /// The possible choices.
    let choices: [EffectDecision.Choice]

    /// The possible decisions, an adoption for each candidate among them.
    var decisions: [EffectDecision] { EffectDecision.all(choices, of: candidates) }
}

/// A person's decision about an effect that the engine could not decide.
public struct EffectDecision: Hashable, Sendable {
    /// The choices of a person.
    public typealias Choice = Entry.Stop.Choice

    /// The choice.
    public let choice: Choice
    /// The id to adopt, or the id of the server to delete before it is created again.
    public let id: String?

    /// Creates a decision.
    public init(_ choice: Choice, id: String? = nil) {
        self.choice = choice
        self.id = id
    }

    static func all(_ choices: [Choice], of candidates: [String]) -> [EffectDecision] {
        choices.flatMap { choice in
            choice == .adopt ? candidates.map { EffectDecision(.adopt, id: $0) } : [EffectDecision(choice)]
        }
    }
}

/// A failure of the API as recorded: enough to show a recipe the same failure again.
struct RecordedFailure: Hashable, Sendable {
    let code: String
    let message: String
    let status: Int?
    let delivery: Delivery
    /// The wait that the API asked for; not recorded.
    var retryAfter: Duration?

    init(_ error: ServerPilotError) {
        code = error.code.rawValue
        message = error.message
        status = error.status
        delivery = error.delivery
        retryAfter = error.retryAfter
    }

    init(code: String, message: String, status: Int? = nil, delivery: Delivery = .rejected) {
        self.code = code
        self.message = message
        self.status = status
        self.delivery = delivery
    }

    /// The same failure, of a look before the request: nothing was sent, so nothing is unknown.
    var beforeSending: RecordedFailure {
        RecordedFailure(
            code: code, message: "nothing was sent: what there is already could not be listed: \(message)",
            delivery: .notSent)
    }

    /// Returns the same failure with another message.
    func saying(_ message: String) -> RecordedFailure {
        RecordedFailure(code: code, message: message, status: status, delivery: delivery)
    }

    /// Returns the failure as an error of that operation.
    func error(of operation: ServerPilot.Operation.Name) -> ServerPilotError {
        ServerPilotError(
            code: ServerPilotError.Code(rawValue: code), message: message, status: status, operation: operation,
            delivery: delivery)
    }
}
