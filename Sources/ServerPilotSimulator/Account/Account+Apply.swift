public import Groundwork
public import OrderedCollections
public import ServerPilot

/// A call to the account: an operation with its arguments.
struct Call {
    let operation: Operation
    /// Arguments by wire name, those of the path and those of the body together.
    var arguments: JSONObject

    /// Returns the argument with that name if it is a string.
    func text(_ name: String) -> String? { arguments[name]?.stringValue }

    /// The id in the path; empty for operations without an id, which never read it.
    var pathID: String { text("id") ?? "" }
}

/// The time of a call, with the sources of its random values and of its action's duration.
struct Moment {
    let now: Timestamp
    var random: SeededRandom
    let plan: ActionPlan
    /// Ids for the next resources, in order of creation; a random id replaces `nil` and follows the last.
    var givenIDs: [String?] = []

    /// Returns the id of a new resource.
    mutating func newID(_ rules: RuleChoices) -> String {
        let given = givenIDs.isEmpty ? nil : givenIDs.removeFirst()
        return given ?? random.identifier(shape: rules[.idShape])
    }
}

/// The effect of a call on the account.
struct Effect {
    /// The `data` of the reply.
    var data: JSONValue = .object([:])
    /// The server on which work must run; `nil` if none.
    var serverID: ServerID?
}

extension Account {
    /// Applies one operation as ServerPilot does.
    ///
    /// Records change at once. The work on the server is queued as an action.
    ///
    /// The account first checks that the resource in the path exists, then the arguments, then the operation's other
    /// rules in their order. This order is inferred: ServerPilot does not document it.
    ///
    /// - Parameters:
    ///   - operation: an element of `Operation.all`.
    ///   - arguments: by wire name, those of the path and those of the body together.
    ///   - now: the time of the call.
    ///   - random: the source of ids, keys and durations.
    ///   - plan: decides how long the work on the server takes and how it ends.
    /// - Returns: The data of the reply, and the id of the action if the call queued one.
    /// - Throws: `Refusal`. The account is then unchanged.
    public mutating func apply(
        _ operation: Operation, _ arguments: JSONObject, at now: Timestamp, random: inout SeededRandom,
        plan: ActionPlan = .realistic
    ) throws(Refusal) -> Reply {
        var moment = Moment(now: now, random: random, plan: plan)
        defer { random = moment.random }
        return try apply(operation, arguments, at: &moment)
    }

    /// Applies one operation at a moment that may fix the ids of new resources.
    mutating func apply(
        _ operation: Operation, _ arguments: JSONObject, at moment: inout Moment
    ) throws(Refusal) -> Reply {
        let call = try checked(Call(operation: operation, arguments: arguments), at: moment.now)
        guard operation.changesAccount else { return reply(read(call, at: moment.now)) }
        var tried = moment
        let effect = try perform(call, at: &tried)
        var actionID: ActionID?
        if operation.queues != .never, let serverID = effect.serverID {
            actionID = queue(operation.name, on: serverID, at: &tried)
        }
        moment = tried
        return reply(effect.data, actionID)
    }

    /// Returns the reply; unless `Behaviour.onlyKnownMembers` holds, each object in it has a member unknown to clients.
    private func reply(_ data: JSONValue, _ actionID: ActionID? = nil) -> Reply {
        Reply(data: settings.rules.keeps(.onlyKnownMembers) ? data : data.addingUnknownMember, actionID: actionID)
    }

    /// Returns the call with its arguments in documented form, or throws the first refusal.
    private func checked(_ call: Call, at now: Timestamp) throws(Refusal) -> Call {
        let pathComesFirst = settings.rules.keeps(.pathBeforeArguments)
        if pathComesFirst { try checkRules(of: call, at: now) { $0 == .pathExists } }
        var call = call
        call.arguments = try ArgumentForms(rules: settings.rules).read(call.arguments, of: call.operation)
        try checkArguments(of: call)
        try checkRules(of: call, at: now) { !pathComesFirst || $0 != .pathExists }
        return call
    }

    private func checkArguments(of call: Call) throws(Refusal) {
        let rules = settings.rules
        let problems = call.operation.problems(
            in: call.arguments, by: .api(counting: rules.lengthUnit) { rules.refusal(by: $0) != nil })
        for problem in problems {
            switch problem.kind {
            case .unknown where !rules.keeps(.argumentIsKnown): continue
            case .unlisted where !rules.keeps(.wordIsListed): continue
            case .nothingGiven where !rules.keeps(.somethingIsGiven): continue
            default: throw Refusal(problem, of: call, by: rules)
            }
        }
    }

    private func checkRules(
        of call: Call, at now: Timestamp, where isMeant: (Rule.Check) -> Bool
    ) throws(Refusal) {
        for rule in call.operation.rules where isMeant(rule.check) && !isKept(rule, by: call, at: now) {
            if settings.rules.keeps(rule.id, rule.toggle) { throw Refusal(rule) }
            let setting = settings.rules.setting(of: rule.id, rule.toggle)
            if case .isRefused(let status)? = setting?.outcome { throw Refusal(rule, status: status) }
        }
    }

    private mutating func perform(_ call: Call, at moment: inout Moment) throws(Refusal) -> Effect {
        switch call.operation.name {
        case "create_server": createServer(call, at: &moment)
        case "update_server": updateServer(call, at: moment.now)
        case "delete_server": try deleteServer(call)
        case "create_sshkey": createSSHKey(call, at: &moment)
        case "rename_sshkey": renameSSHKey(call, at: moment.now)
        case "delete_sshkey": deleteSSHKey(call)
        case "create_sysuser": createSysuser(call, at: &moment)
        case "update_sysuser": updateSysuser(call, at: moment.now)
        case "delete_sysuser": deleteSysuser(call)
        case "add_sysuser_sshkey": addSysuserSSHKey(call)
        case "remove_sysuser_sshkey": removeSysuserSSHKey(call)
        case "create_app": createApp(call, at: &moment)
        case "update_app": updateApp(call, at: moment.now)
        case "delete_app": deleteApp(call)
        case "add_ssl": addSSL(call)
        case "enable_autossl": enableAutoSSL(call, at: &moment)
        case "force_ssl": forceSSL(call)
        case "delete_ssl": deleteSSL(call)
        case "create_db": createDatabase(call, at: &moment)
        case "update_db": updateDatabase(call, at: moment.now)
        case "delete_db": deleteDatabase(call)
        default: throw Refusal.notSimulated(call.operation)
        }
    }
}

extension JSONValue {
    /// A copy of the value in which each object has a member that no client can know.
    fileprivate var addingUnknownMember: JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map(\.addingUnknownMember))
        case .object(let members):
            var more = members.mapValues(\.addingUnknownMember)
            more["x_unknown"] = ["nobody": ["knows", 1]]
            return .object(more)
        default: return self
        }
    }
}
