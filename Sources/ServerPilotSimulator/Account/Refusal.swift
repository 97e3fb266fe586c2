internal import OrderedCollections
public import ServerPilot

/// Why the simulated account refused a call: what goes into the reply, and by which rule.
public struct Refusal: Error, Hashable, Sendable {
    /// The status of the reply.
    public let status: Int
    /// The reply's message: without values, but for the echo of an unreadable body.
    public let message: String
    /// The id of the rule: that of a `Rule` of the operation, or one of the `argument-…` and `request-…` ids.
    public let ruleID: String
    /// How sure the project is that ServerPilot refuses this.
    public let evidence: Evidence
    /// The methods that the path has, where the method is what is refused.
    var allowedMethods: [String] = []
    /// What the header `WWW-Authenticate` says; `nil` where there is none.
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

    /// A refusal by something that holds for many operations; `message` where its sentence is not what clients get.
    init(_ behaviour: Behaviour, status: Int? = nil, message: String? = nil) {
        self.init(
            status: status ?? behaviour.status ?? 400, message: message ?? behaviour.sentence,
            ruleID: behaviour.id, behaviour.evidence)
    }

    /// The same where its status is a guess.
    init(_ behaviour: Behaviour, by rules: RuleChoices, message: String) {
        var status: Int?
        if case .isRefused(let other)? = rules.setting(of: behaviour.id, behaviour.toggle)?.outcome { status = other }
        self.init(behaviour, status: status, message: message)
    }

    /// The refusal of wrong credentials.
    init(credentialsBy rules: RuleChoices) {
        let message =
            rules.keeps(.credentialsText) ? "The client ID or API key is wrong." : "Unauthorized"
        self.init(.credentialsFirst, message: message)
        if rules.keeps(.credentialsChallenge) { challenge = "Basic realm=\"ServerPilot API\"" }
    }

    /// The refusal of a call for one problem of its arguments: ServerPilot names one at a time (seen live).
    ///
    /// Of a list it names the field alone (seen live: `Invalid argument: <field>`).
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

    /// What ServerPilot says of an argument of a wrong type (seen live).
    static func invalidArgument(_ name: String) -> String { "Invalid argument: \(name)" }

    /// The path of a field, without the numbers of elements: `domains` of `domains[2]`.
    private static func field(of path: String) -> String {
        path.split(separator: "[").enumerated().map { $0 == 0 ? $1 : $1.drop { $0 != "]" }.dropFirst() }.joined()
    }

    /// What ServerPilot says of a short password (documented).
    private static let shortPassword = "Password must be at least 8 characters."

    private static func isShortPassword(_ argument: String, of call: Call, counting unit: LengthUnit) -> Bool {
        guard argument.hasSuffix("password") else { return false }
        let value = argument.split(separator: ".").reduce(JSONValue.object(call.arguments)) { value, name in
            value[String(name)] ?? .null
        }
        return Constraint.isShort(value.stringValue ?? "", for: 8...200, counting: unit)
    }

    /// What a call is answered with whose effect could not be stored: it may be there after a restart, or not.
    static let notStored = Refusal(
        status: 500, message: "The simulator could not store the change.", ruleID: "request-stored", .inferred)

    static func notSimulated(_ operation: Operation) -> Refusal {
        Refusal(
            status: 500, message: "The simulator does not know how to do \(operation.name).",
            ruleID: "request-simulated", .inferred)
    }
}
