internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot

/// `sp.wait` and `sp.sleep`.
extension SPLibrary {
    var waitFunctions: [HostFunction] { [wait, sleep] }

    private var wait: HostFunction {
        HostFunction(
            "wait",
            parameters: [
                HostParameter(
                    "actions", "string|table|nil",
                    documentation: "The id of an action, or a list of ids. nil stands for a change that queued no "
                        + "action."),
                HostParameter("options", "table", isOptional: true, documentation: "timeout, such as \"10m\"."),
            ],
            results: ["Action|Action[]|nil"],
            documentation: "Waits until actions end. Raises an error if an action fails or the timeout passes.",
            async: { call in
                let request = try WaitRequest(call.arguments, limits: session.limits)
                let scope = StepScope(session, call, realm)
                let ended = try await scope.wait(
                    for: request.actions, timeout: request.timeout ?? session.limits.wait)
                let actions = ended.map { LuaValue($0) }
                return [request.isList ? .table(LuaTable(list: actions)) : actions.first ?? .nil]
            })
    }

    private var sleep: HostFunction {
        HostFunction(
            "sleep",
            parameters: [
                HostParameter(
                    "duration", "string|number",
                    documentation: "Such as \"5s\", or a number of "
                        + "seconds."),
                HostParameter(
                    "options", "table", isOptional: true,
                    documentation: "reason and gives_up, which sprun shows while it waits."),
            ],
            documentation: "Waits for a duration. With a reason, sprun shows what the recipe waits for, when it looks "
                + "again and when it gives up.",
            async: { call in
                let duration = try call.arguments.duration(
                    0, call.arguments[0], atMost: session.limits.longestWait)
                let purpose = try SleepPurpose(call.arguments)
                let now = session.time.steady
                RunningCall.current?.waits(
                    for: purpose.reason ?? "sp.sleep", nextLook: purpose.reason.map { _ in now + duration },
                    limit: purpose.givesUp.map { now + ($0 - session.time.now) },
                    end: purpose.reason == nil ? now + duration : nil)
                let slept: JSONObject = ["seconds": .double(duration.inSeconds)]
                _ = try await StepScope(session, call, realm).observe(.own("sleep"), slept, skipped: .null) {
                    try await session.time.sleep(for: duration)
                    return .null
                }
                return []
            })
    }
}

/// The purpose of a sleep, which a recipe gives as options of `sp.sleep`.
struct SleepPurpose {
    /// The words behind "waiting for".
    private(set) var reason: String?
    /// The time at which the recipe gives up.
    private(set) var givesUp: Timestamp?

    init(_ arguments: LuaArguments) throws {
        guard !arguments[1].isNil else { return }
        let table = try arguments.table(1)
        for field in table.fields {
            switch (field.key, field.value) {
            case ("reason", .string(let text)): reason = text
            case ("gives_up", _) where field.value.exactInteger != nil:
                givesUp = field.value.exactInteger.map { Timestamp(epochSeconds: $0) }
            case ("reason", _): throw arguments.invalid(1, "reason must be a string, not \(field.value.typeName)")
            case ("gives_up", _): throw arguments.invalid(1, "gives_up must be a time in seconds, as sp.time() returns")
            default: throw arguments.unknownOption(1, field.key, known: CallOption.sleeping.names)
            }
        }
    }
}

/// The arguments of `sp.wait`: `sp.wait(id)`, `sp.wait({ id, … }, { timeout = … })`,
/// `sp.wait{ id, …, timeout = … }`.
struct WaitRequest {
    /// The actions to wait for, without those that are `nil` because nothing was queued.
    ///
    /// This is the only list that may have holes. The action of a change that was adopted after a lost reply is `nil`
    /// too. A resumed run must not fail where the first execution did not. The run waits for all ids in the list.
    var actions: [ActionID] = []
    /// Whether a list was given, so that the result is a list too.
    var isList = false
    /// The time limit, if one was given.
    var timeout: Duration?

    init(_ arguments: LuaArguments, limits: RunLimits) throws {
        switch arguments[0] {
        case .nil: break
        case .string(let id): actions = [ActionID(id)]
        case .table(let table):
            isList = true
            try Self.expectActions(table)
            guard table.array.count + table.sparse.count <= limits.waits else {
                throw arguments.invalid(
                    0,
                    "sp.wait takes at most \(limits.waits) actions; wait for them in several calls")
            }
            for value in table.array + table.sparse.map(\.value) {
                guard case .string(let id) = value else {
                    if case .table(let item) = value { try Self.expectActions(item) }
                    throw arguments.invalid(0, "action ids are strings, not \(value.typeName)")
                }
                actions.append(ActionID(id))
            }
            try takeOptions(table, arguments, at: 0, limits)
        default:
            throw arguments.invalid(0, "expected an action id or a list of action ids, got \(arguments[0].typeName)")
        }
        if !arguments[1].isNil { try takeOptions(try arguments.table(1), arguments, at: 1, limits) }
    }

    /// Refuses the first result of a change, such as a system user: its action is the second result.
    private static func expectActions(_ table: LuaTable) throws(RecipeError) {
        guard case .string = table["id"] else { return }
        throw RecipeError(
            code: "bad_argument", message: "sp.wait takes the ids of actions, not a resource", operation: "wait",
            hint: "pass the action, the second result: local user, action = sp.create_sysuser{ … }", token: "wait")
    }

    private mutating func takeOptions(
        _ table: LuaTable, _ arguments: LuaArguments, at position: Int, _ limits: RunLimits
    ) throws(LuaArgumentError) {
        for field in table.fields {
            guard field.key == "timeout" else { throw arguments.unknownOption(position, field.key, known: ["timeout"]) }
            timeout = try arguments.duration(position, field.value, atMost: limits.longestWait)
        }
    }
}

extension StepScope {
    /// Waits for actions, as one step: a wait that was interrupted starts again, a completed wait is not repeated.
    ///
    /// - Returns: the actions in the order of `ids`.
    func wait(
        for ids: [ActionID], timeout: Duration
    ) async throws -> [JSONValue] {
        guard !ids.isEmpty else { return [] }
        let session = session
        let actions: JSONObject = ["actions": .array(ids.map { .string($0.rawValue) })]
        let skipped = ids.map { id -> JSONValue in ["id": .string(id.rawValue), "status": "skipped"] }
        let value = try await observe(
            .own("wait"), actions, onReplay: session.knowledge.noteReplayed, skipped: .array(skipped)
        ) {
            .array(try await ActionWait(session: session, timeout: timeout).wait(for: ids))
        }
        return value.arrayValue ?? []
    }
}
