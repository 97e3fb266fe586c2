public import DurableSteps
internal import Groundwork
public import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// A failure of a host function: the error value that `pcall` returns to a recipe, and the source of a report.
///
/// ```swift
/// func isWorthARetry(_ failure: RecipeFailure) -> Bool {
///     [RecipeError.waitTimedOut, RecipeError.autoSSLUnavailable].contains(failure.code)
/// }
/// ```
public struct RecipeError: LuaErrorConvertible, StepFailing, Hashable, Sendable, CustomStringConvertible {
    /// The failure as a step records it; it always has details.
    public private(set) var stepFailure: StepFailure

    /// A stable code: a `ServerPilotError.Code`, or a constant of this type.
    public var code: String { stepFailure.code }
    /// A description of the failure and its subject, in one line.
    public var message: String { stepFailure.message }
    /// The HTTP status, if the API replied.
    public var status: Int? { stepFailure.status }
    /// The operation or function, as the recipe calls it.
    public var operation: String? { stepFailure.details?.operation }
    /// The subject of the call: an id or a name.
    public var object: String? { stepFailure.details?.object }
    /// A suggested remedy.
    public var hint: String? { stepFailure.details?.hint }
    /// A word in the recipe's line to point at; with a trailing `=`, the value that is assigned to the word.
    public var token: String? { stepFailure.details?.token }
    /// The knowledge whether a change was made; `nil` if the question does not arise or nothing is known.
    var delivery: Delivery? { stepFailure.delivery }

    /// Creates a failure.
    init(
        code: String, message: String, status: Int? = nil, operation: String? = nil, object: String? = nil,
        hint: String? = nil, token: String? = nil, delivery: Delivery? = nil
    ) {
        stepFailure = StepFailure(
            code: code, message: message, status: status, delivery: delivery,
            details: StepFailure.Details(operation: operation, object: object, hint: hint, token: token))
    }

    /// Creates the error from its record.
    init(_ failure: StepFailure) {
        stepFailure = failure
        stepFailure.details = failure.details ?? StepFailure.Details()
    }

    /// An action ended in `error`.
    public static let actionFailed = "action_failed"
    /// An action did not end within the time limit.
    public static let waitTimedOut = "wait_timed_out"
    /// A search for a single resource found several.
    public static let severalMatch = "several_match"
    /// An existing resource differs in a way that cannot be changed.
    public static let cannotConverge = "cannot_converge"
    /// AutoSSL was requested but is not available.
    public static let autoSSLUnavailable = "autossl_unavailable"

    /// A header is invalid.
    public static let badHeader = "bad_header"
    /// A recipe calls a function while its header is read.
    public static let headerCalls = "header_calls"
    /// The parameters of a recipe do not match its header.
    public static let badParameters = "bad_parameters"
    /// The result of a recipe does not match its header.
    public static let badResult = "bad_result"
    /// A module was not granted what it tried to do.
    public static let notGranted = "not_granted"
    /// A module cannot be imported.
    public static let importFailed = "import_failed"
    /// A recipe needs another version of the program.
    public static let otherVersion = "other_version"
    /// The addresses of names cannot be looked up.
    public static let noNames = "no_names"

    /// A person left a step out, and its call has no result.
    static let skipped = StepFailure.skipped
    /// An earlier run left an existing resource unfinished: its work on the server ended in `error`.
    public static let failedBefore = "failed_before"

    /// A change outside the account got no reply: it may have been made or not.
    public static let lostAnswer = StepFailure.lostAnswer

    /// Another API replied with a status that the recipe does not accept.
    public static let httpStatus = "http_status"
    /// A request to another API must not be sent.
    public static let httpRefused = "http_refused"
    /// A plan or a simulation has no declared reply for a request to another API.
    public static let httpUndeclared = "http_undeclared"
    /// A `find` function failed, or did not return a table.
    public static let findFailed = "find_failed"
    /// A `find` function tried to make a change.
    public static let findChanges = "find_changes"
    /// A server's record never connected, and its key is lost.
    public static let neverConnected = "never_connected"

    /// A script on another host ended with a status that is not 0.
    public static let shellExit = "ssh_exit"

    /// Another client changed the same resource meanwhile.
    public static let rivalEdit = "rival_edit"

    /// The message.
    public var description: String { message }

    /// The error value in Lua: `{ code, message, status, operation, object, hint }`.
    public var luaValue: LuaTable {
        var table: LuaTable = ["code": .string(code), "message": .string(message)]
        if let status { table["status"] = .integer(Int64(status)) }
        if let operation { table["operation"] = .string(operation) }
        if let object { table["object"] = .string(object) }
        if let hint { table["hint"] = .string(hint) }
        return table
    }
}

extension String {
    /// The name of a function without its module: `run` of `ssh.run`.
    var lastWord: String? { split(separator: ".").last.map(String.init) }
}

extension RecipeError {
    /// Creates the error of a function, whose name its message and its place in the recipe begin with.
    ///
    /// - Parameters:
    ///   - code: the code.
    ///   - function: the function with its module: `sp.ensure_app`, `ssh.run`.
    ///   - message: the message without the name of the function.
    ///   - status: the status of the reply, if there was one.
    ///   - operation: what the error says failed; by default the function, without `sp.`.
    ///   - object: the resource.
    ///   - hint: the next step.
    ///   - delivery: whether a request was executed, if one was sent.
    init(
        _ code: String, in function: String, _ message: String, status: Int? = nil, operation: String? = nil,
        object: String? = nil, hint: String? = nil, delivery: Delivery? = nil
    ) {
        let word = function.lastWord
        self.init(
            code: code, message: "\(function): \(message)", status: status,
            operation: operation ?? (function.hasPrefix("sp.") ? word : function), object: object, hint: hint,
            token: word, delivery: delivery)
    }

    /// Returns the same failure without secrets.
    func redacted(by redactor: Redactor) -> RecipeError {
        RecipeError(
            code: code, message: redactor.redact(message), status: status, operation: operation,
            object: object.map(redactor.redact), hint: hint.map(redactor.redact), token: token, delivery: delivery)
    }

    /// Creates the error of a failed API call.
    init(_ error: ServerPilotError, object: String?) {
        let operation = error.operation.map { "sp.\($0)" }
        self.init(
            code: error.code.rawValue,
            message: [operation, error.message].compactMap(\.self).joined(separator: ": "), status: error.status,
            operation: error.operation?.rawValue, object: object, hint: Self.hint(for: error))
    }

    /// Creates the error for arguments that break rules; nothing was sent.
    init(_ problems: [ArgumentProblem], of function: String) {
        let sentences = problems.map(Self.sentence)
        let count = problems.count == 1 ? "" : "\(problems.count) problems: "
        self.init(
            code: ServerPilotError.Code.invalidArguments.rawValue,
            message: "sp.\(function): \(count)\(sentences.joined(separator: "; "))", operation: function,
            hint: "this call sent nothing", token: Self.token(of: problems))
    }

    /// Returns the first faulty argument that is in the recipe, which a missing argument is not.
    ///
    /// For an unknown argument it is the name itself, otherwise the value.
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
        let isChange = error.operation.flatMap { ServerPilot.Operation.named($0) }?.changesAccount ?? false
        if error.delivery == .ambiguous, error.code != .cancelled, isChange {
            return "the change may have been made: check before you repeat it"
        }
        return switch error.code {
        case .unauthorized: "check the client id and API key: 'sprun login' stores them, 'sprun doctor' tests them"
        case .paymentRequired: "the account has no valid payment card: check its billing page"
        case .conflict: "it already exists: find it with sp.find_… or use sp.ensure_…"
        case .throttled: "too many requests, even after retries: try again later"
        case .notConnected, .timedOut, .connectionLost: "run 'sprun doctor' to check the connection"
        default: nil
        }
    }
}
