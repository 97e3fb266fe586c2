public import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// A failure of a function of `sp`: what `pcall` gives to a recipe, and what an uncaught one is shown from.
public struct RecipeError: LuaErrorConvertible, Hashable, Sendable, CustomStringConvertible {
    /// A stable word: a `ServerPilotError.Code`, or one of the constants here.
    public let code: String
    /// What happened, on what, in one line.
    public let message: String
    /// The HTTP status, where the API answered.
    public let status: Int?
    /// The operation or function, as the recipe calls it.
    public let operation: String?
    /// What it was about: an id, a name.
    public let object: String?
    /// What to do about it.
    public let hint: String?
    /// A word of the recipe's line at which a caret can point; with `=` behind it, the value that the word is given.
    public let token: String?
    /// What is known of whether a change was made; `nil` where there is no such question, or nothing is known.
    let delivery: Delivery?

    /// A failure.
    init(
        code: String, message: String, status: Int? = nil, operation: String? = nil, object: String? = nil,
        hint: String? = nil, token: String? = nil, delivery: Delivery? = nil
    ) {
        self.code = code
        self.message = message
        self.status = status
        self.operation = operation
        self.object = object
        self.hint = hint
        self.token = token
        self.delivery = delivery
    }

    /// Whether what was sent has certainly changed nothing; a script that failed may have done half of its work.
    var wasNotTaken: Bool { code != Self.shellExit && delivery != nil && delivery != .ambiguous }

    /// An action ended in `error`.
    public static let actionFailed = "action_failed"
    /// An action did not end in time.
    public static let waitTimedOut = "wait_timed_out"
    /// A search for one thing found several.
    public static let severalMatch = "several_match"
    /// What exists differs in a way that cannot be changed.
    public static let cannotConverge = "cannot_converge"
    /// AutoSSL was asked for where it is not available.
    public static let autoSSLUnavailable = "autossl_unavailable"

    /// A header is not as it should be.
    public static let badHeader = "bad_header"
    /// A recipe does something while its header is read.
    public static let headerCalls = "header_calls"
    /// A recipe is given something else than its header says.
    public static let badParameters = "bad_parameters"
    /// A recipe gives something else than its header says.
    public static let badResult = "bad_result"
    /// A module is not allowed to do that.
    public static let notGranted = "not_granted"
    /// A module cannot be had.
    public static let importFailed = "import_failed"
    /// A recipe runs with other versions of the program.
    public static let otherVersion = "other_version"
    /// Nobody can be asked for the addresses of names.
    public static let noNames = "no_names"

    /// A person left a step out, and its call has nothing to give.
    static let skipped = "skipped"
    /// What exists was left unfinished by an earlier run: its work on the server ended in `error`.
    public static let failedBefore = "failed_before"

    /// A change outside of the account got no answer: it may have been done or not.
    public static let lostAnswer = "lost_answer"

    /// Somebody else than ServerPilot answered with a status that the recipe does not take.
    public static let httpStatus = "http_status"
    /// A request to others must not be sent.
    public static let httpRefused = "http_refused"
    /// A plan or a simulation does not know what others would answer.
    public static let httpUndeclared = "http_undeclared"
    /// A server's record never connected, and nobody has its key any more.
    public static let neverConnected = "never_connected"

    /// A script on another host ended with a status that is not 0.
    public static let shellExit = "ssh_exit"

    /// Somebody else changed the same thing meanwhile.
    public static let rivalEdit = "rival_edit"

    /// The message.
    public var description: String { message }

    /// `{ code, message, status, operation, object, hint }`.
    public var luaValue: LuaTable {
        var table: LuaTable = ["code": .string(code), "message": .string(message)]
        if let status { table["status"] = .integer(Int64(status)) }
        if let operation { table["operation"] = .string(operation) }
        if let object { table["object"] = .string(object) }
        if let hint { table["hint"] = .string(hint) }
        return table
    }
}

extension RecipeError {
    /// The same failure without secrets.
    func redacted(by redactor: Redactor) -> RecipeError {
        RecipeError(
            code: code, message: redactor.redact(message), status: status, operation: operation,
            object: object.map(redactor.redact), hint: hint.map(redactor.redact), token: token, delivery: delivery)
    }

    /// The failure as it is written down.
    var document: JSONObject {
        let texts = [
            ("code", code), ("message", message), ("operation", operation), ("object", object), ("hint", hint),
            ("token", token), ("delivery", delivery?.rawValue),
        ]
        var document: JSONObject = ["status": status.map { .integer(Int64($0)) } ?? .null]
        for (name, text) in texts { document[name] = text.map { .string($0) } ?? .null }
        return document
    }

    /// Reads what `document` wrote; `nil` for anything else.
    init?(document: JSONValue?) {
        guard let code = document?["code"]?.stringValue, let message = document?["message"]?.stringValue
        else { return nil }
        self.init(
            code: code, message: message, status: document?["status"]?.integerValue.map { Int(clamping: $0) },
            operation: document?["operation"]?.stringValue, object: document?["object"]?.stringValue,
            hint: document?["hint"]?.stringValue, token: document?["token"]?.stringValue,
            delivery: document?["delivery"]?.stringValue.flatMap(Delivery.init))
    }

    /// A call to the API failed.
    init(_ error: ServerPilotError, object: String?) {
        let operation = error.operation.map { "sp.\($0)" }
        self.init(
            code: error.code.rawValue,
            message: [operation, error.message].compactMap(\.self).joined(separator: ": "), status: error.status,
            operation: error.operation?.rawValue, object: object, hint: Self.hint(for: error))
    }

    /// The arguments of a call break rules; nothing was sent.
    init(_ problems: [ArgumentProblem], of function: String) {
        let sentences = problems.map(Self.sentence)
        let count = problems.count == 1 ? "" : "\(problems.count) problems: "
        self.init(
            code: ServerPilotError.Code.invalidArguments.rawValue,
            message: "sp.\(function): \(count)\(sentences.joined(separator: "; "))", operation: function,
            hint: "this call was not sent", token: Self.token(of: problems))
    }

    /// The first argument at fault that can stand in the recipe, which one that is missing does not: its value, or the
    /// name itself where that is unknown.
    private static func token(of problems: [ArgumentProblem]) -> String? {
        guard let problem = problems.first(where: { $0.kind != .missing }),
            let name = problem.argument.split(separator: ".").last?.prefix(while: { $0 != "[" })
        else { return nil }
        if case .unknown = problem.kind { return String(name) }
        return "\(name)="
    }

    private static func sentence(_ problem: ArgumentProblem) -> String {
        guard case .unknown(let known) = problem.kind else { return problem.message }
        if let nearest = known.nearest(to: problem.argument) {
            return "\(problem.message) (did you mean '\(nearest)'?)"
        }
        return "\(problem.message) (known: \(known.joined(separator: ", ")))"
    }

    private static func hint(for error: ServerPilotError) -> String? {
        if error.delivery == .ambiguous, error.code != .cancelled, let hint = ambiguityHint(error) { return hint }
        return switch error.code {
        case .unauthorized: "check the client id and API key; 'sprun login' stores them, 'sprun doctor' tries them"
        case .paymentRequired: "the account has no valid card: see its billing page"
        case .conflict: "it exists already: find it with sp.find_… or use sp.ensure_…"
        case .throttled: "too many requests, even after waiting: try again later"
        case .notConnected, .timedOut, .connectionLost: "'sprun doctor' shows what works and what does not"
        default: nil
        }
    }

    private static func ambiguityHint(_ error: ServerPilotError) -> String? {
        guard let name = error.operation, let operation = ServerPilot.Operation.named(name), operation.changesAccount
        else { return nil }
        return "it may have been done all the same: look before you repeat it"
    }
}
