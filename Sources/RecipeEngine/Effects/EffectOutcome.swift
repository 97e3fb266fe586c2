internal import OrderedCollections
internal import ServerPilot

/// How one effect came to its end.
enum EffectOutcome: Hashable, Sendable {
    /// How a reply was come by.
    enum Origin: String, Hashable, Sendable {
        /// The API answered.
        case reply
        /// The answer was lost; what it told of was found.
        case adopted
        /// The answer was lost, and the same was sent again.
        case repeated
        /// A person decided to leave it out.
        case skipped
    }

    /// It was done.
    case done(Reply, by: Origin)
    /// It was certainly not done.
    case refused(RecordedFailure)
    /// A person must decide; nothing was sent since.
    case undecided(Undecided)
    /// It is not known whether it was done, and looking failed: to be resumed.
    case unfinished(RecordedFailure)
}

/// What a person has to decide about.
struct Undecided: Hashable, Sendable {
    /// Why nobody else can.
    let reason: String
    /// The ids that it could be.
    let candidates: [String]
    /// What can be chosen.
    let choices: [EffectDecision.Choice]

    /// Each decision that can be taken: one for each thing that could be adopted.
    var decisions: [EffectDecision] { EffectDecision.all(choices, of: candidates) }
}

/// What a person decided about an effect that nobody else could decide.
public struct EffectDecision: Hashable, Sendable {
    /// What can be chosen.
    public enum Choice: String, Hashable, Sendable, CaseIterable {
        /// Take an existing thing as what was to be made.
        case adopt
        /// Make it again; a server that was made and never connected is deleted first.
        case recreate
        /// Delete what was listed.
        case yes
        /// Go on without it: the call fails in the recipe with the code `skipped`.
        case skip
    }

    /// What was chosen.
    public let choice: Choice
    /// The id to adopt.
    public let id: String?

    /// A decision.
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

/// A failure of the API as it is written down: enough for a recipe to see the same again.
struct RecordedFailure: Hashable, Sendable {
    let code: String
    let message: String
    let status: Int?
    let delivery: Delivery
    /// How long the API asked to wait; it is not written down.
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

    /// The same failure of a look before the request: nothing was sent, so nothing is unknown.
    var beforeSending: RecordedFailure {
        RecordedFailure(
            code: code, message: "nothing was sent: what there is already could not be listed: \(message)",
            delivery: .notSent)
    }

    /// The same failure in other words.
    func saying(_ message: String) -> RecordedFailure {
        RecordedFailure(code: code, message: message, status: status, delivery: delivery)
    }

    /// The failure again, of that operation.
    func error(of operation: ServerPilot.Operation.Name) -> ServerPilotError {
        ServerPilotError(
            code: ServerPilotError.Code(rawValue: code), message: message, status: status, operation: operation,
            delivery: delivery)
    }

    var document: JSONObject {
        [
            "code": .string(code), "message": .string(message),
            "status": status.map { .integer(Int64($0)) } ?? .null, "delivery": .string(delivery.rawValue),
        ]
    }

    init?(_ value: JSONValue?) {
        guard let code = value?["code"]?.stringValue, let message = value?["message"]?.stringValue else { return nil }
        self.code = code
        self.message = message
        status = value?["status"]?.integerValue.map { Int(clamping: $0) }
        delivery = value?["delivery"]?.stringValue.flatMap(Delivery.init) ?? .ambiguous
    }
}
