internal import Groundwork
internal import OrderedCollections
public import ServerPilot

/// The reason why the simulated account refused a call: the content of the reply, and the rule.
///
/// ```swift
/// func explain(_ refusal: Refusal) -> String {
///     let certainty = refusal.evidence == .inferred ? "a guess" : "known"
///     return "\(refusal.status) \(refusal.message) (rule \(refusal.ruleID), \(certainty))"
/// }
/// ```
public struct Refusal: Error, Hashable, Sendable {
    /// The HTTP status of the reply.
    public let status: Int
    /// The message of the reply, without argument values, except the echo of an unreadable body.
    public let message: String
    /// The id of the rule that refused the call, as in `RuleEntry.all`, or an id that only the simulator has.
    public let ruleID: String
    /// How sure the project is that ServerPilot refuses the call.
    public let evidence: Evidence
    /// The methods that the path accepts, for a refused method.
    var allowedMethods: [String] = []
    /// The value of the header `WWW-Authenticate`; `nil` to omit it.
    var challenge: String?

    init(status: Int, message: String, ruleID: String, _ evidence: Evidence) {
        self.status = status
        self.message = message
        self.ruleID = ruleID
        self.evidence = evidence
    }

    init(_ rule: Rule, status: Int? = nil) {
        self.init(status: status ?? rule.status, message: rule.sentence, ruleID: rule.id, rule.evidence)
    }

    /// Creates a refusal by a behavior of many operations; the default message is the behavior's sentence.
    init(_ behaviour: Behaviour, status: Int? = nil, message: String? = nil) {
        self.init(
            status: status ?? behaviour.status ?? 400, message: message ?? behaviour.sentence,
            ruleID: behaviour.id, behaviour.evidence)
    }

    /// Creates a refusal whose status the rule's setting may override, because the status is a guess.
    init(_ behaviour: Behaviour, by rules: RuleChoices, message: String) {
        var status: Int?
        if case .isRefused(let other)? = rules.setting(of: behaviour.id, behaviour.toggle)?.outcome { status = other }
        self.init(behaviour, status: status, message: message)
    }

    /// Creates the refusal of wrong credentials.
    init(credentialsBy rules: RuleChoices) {
        let message =
            rules.keeps(.credentialsText) ? "The client ID or API key is wrong." : "Unauthorized"
        self.init(.credentialsFirst, message: message)
        if rules.keeps(.credentialsChallenge) { challenge = "Basic realm=\"ServerPilot API\"" }
    }

    /// Creates the refusal of a call for one argument problem: ServerPilot reports one at a time (seen live).
    ///
    /// For a list element, the message names only the field (seen live: `Invalid argument: <field>`).
    init(_ problem: ArgumentProblem, of call: Call, by rules: RuleChoices) {
        let problem = ArgumentProblem(argument: Self.field(of: problem.argument), kind: problem.kind)
        switch problem.kind {
        case .unknown: self.init(.argumentIsKnown, message: Self.invalidArgument(problem.argument))
        case .wrongType: self.init(.argumentHasType, message: Self.invalidArgument(problem.argument))
        case .unlisted: self.init(.wordIsListed, message: Self.invalidArgument(problem.argument))
        case .missing: self.init(.argumentIsGiven, message: problem.message + ".")
        case .nothingGiven: self.init(.somethingIsGiven, message: problem.message + ".")
        case .broken(_, let ruleID, let evidence):
            let isShort = Self.isShortPassword(problem.argument, of: call, counting: rules.lengthUnit)
            let toggle = RuleEntry.named(ruleID)?.toggle
            var status = 400
            if case .isRefused(let other)? = rules.setting(of: ruleID, toggle)?.outcome { status = other }
            self.init(
                status: status, message: isShort ? Self.shortPassword : problem.message + ".", ruleID: ruleID, evidence)
        }
    }

    /// Returns ServerPilot's message about an argument of the wrong type (seen live).
    static func invalidArgument(_ name: String) -> String { "Invalid argument: \(name)" }

    /// Returns the path of a field without element numbers: `domains` for `domains[2]`.
    private static func field(of path: String) -> String {
        path.split(separator: "[").enumerated().map { $0 == 0 ? $1 : $1.drop { $0 != "]" }.dropFirst() }.joined()
    }

    /// ServerPilot's message about a short password (documented).
    private static let shortPassword = "Password must be at least 8 characters."

    private static func isShortPassword(_ argument: String, of call: Call, counting unit: LengthUnit) -> Bool {
        guard argument.hasSuffix("password") else { return false }
        let value = argument.split(separator: ".").reduce(JSONValue.object(call.arguments)) { value, name in
            value[String(name)] ?? .null
        }
        return Constraint.isShort(value.stringValue ?? "", for: 8...200, counting: unit)
    }

    /// The reply to a call whose change could not be stored; after a restart, the change may exist or not.
    static let notStored = Refusal(
        status: 500, message: "The simulator could not store the change.", ruleID: "request-stored", .inferred)

    static func notSimulated(_ operation: Operation) -> Refusal {
        Refusal(
            status: 500, message: "The simulator does not know how to do \(operation.name).",
            ruleID: "request-simulated", .inferred)
    }
}
