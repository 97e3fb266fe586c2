internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// The errors of the functions, from the rules of the operations that they call.
extension FunctionReference {
    /// The codes that every request to ServerPilot can raise.
    package static let errorsOfEveryRequest = [
        "unauthorized", "throttled", "server_fault", "not_connected", "connection_lost", "timed_out",
    ]

    /// Returns the rules about the account that ServerPilot checks for a function of `sp`.
    static func refusals(of name: String) -> [ReferencedFunction.Refusal] {
        var seen: Set<String> = []
        // These functions read the resource first, and send no change that it already has.
        let looks = name.hasPrefix("ensure_")
        let avoided: [Rule.Check] = [
            .pathExists, .naturalKeyIsFree, .keyIsAttached(true), .keyIsAttached(false), .autoSSLCanBeEnabled,
            .changesForceSSL, .changesCertificate,
        ]
        return operations(of: name).flatMap(\.rules)
            .filter { $0.toggle?.isOnByDefault ?? true }
            .filter { !looks || !avoided.contains($0.check) }
            .filter { seen.insert($0.id).inserted }
            .map { ReferencedFunction.Refusal(sentence: $0.sentence, code: code($0.status)) }
    }

    /// Returns the codes of the errors of a function.
    static func errors(of function: HostFunction, in module: String) -> [String] {
        switch module {
        case "http":
            return ["bad_argument", "http_status", "http_undeclared", "http_refused", "not_granted"]
                + (function.name == "get" ? [] : ["lost_answer", "find_failed", "find_changes"])
        case "ssh":
            return ["bad_argument", "not_granted", "ssh_not_reached", "ssh_unknown_host_key", "ssh_login_refused"]
                + (function.name == "run" ? ["ssh_exit", "ssh_timed_out"] : ["unreadable_file"])
        case "dns": return ["not_granted", "no_names"]
        case "param", "recipe": return ["bad_header"]
        case "import": return ["import_failed"]
        default: break
        }
        let name = function.name
        let operations = operations(of: name)
        var codes: [String] = []
        if !function.parameters.isEmpty {
            codes.append(operations.isEmpty && !name.hasPrefix("find_") ? "bad_argument" : "invalid_arguments")
        }
        if operations.contains(where: \.changesAccount) { codes.append("not_granted") }
        if operations.contains(where: { $0.effect == .create }), waits(name) { codes.append("cannot_converge") }
        codes += refusals(of: name).map(\.code)
        switch name {
        case _ where name.hasPrefix("find_"): codes.append("several_match")
        case "ensure_ssl": codes.append("autossl_unavailable")
        case "connect_server": codes += ["never_connected", "ssh_not_reached", "ssh_exit", "wait_timed_out"]
        case "wait_connected": codes.append("wait_timed_out")
        case "add_domains", "remove_domains": codes.append("rival_edit")
        default: break
        }
        if waits(name) || name == "wait" { codes += ["action_failed", "wait_timed_out"] }
        if operations.contains(where: { $0.effect == .delete }) { codes.append("unconfirmed") }
        return Array(OrderedSet(codes))
    }

    private static func code(_ status: Int) -> String { ServerPilotError.Code.of(status: status).rawValue }

    /// Returns the operations that a function of `sp` calls, besides reads.
    private static func operations(of name: String) -> [ServerPilot.Operation] {
        func named(_ names: String...) -> [ServerPilot.Operation] { names.compactMap(operation) }
        if let operation = operation(name) { return [operation] }
        if let create = SPLibrary.ensured(by: name) {
            return [create] + [ServerPilot.Operation.updating(create.kind)].compactMap(\.self)
        }
        switch name {
        case "ensure_ssl": return named("add_ssl", "enable_autossl", "force_ssl")
        case "ensure_sysuser_sshkey": return named("add_sysuser_sshkey")
        case "ensure_absent_ssl": return named("delete_ssl")
        case "ensure_absent_sysuser_sshkey": return named("remove_sysuser_sshkey")
        case "add_domains", "remove_domains": return named("update_app")
        case "connect_server": return named("create_server")
        case _ where name.hasPrefix("ensure_absent_"): return named("delete_" + name.dropFirst("ensure_absent_".count))
        default: return []
        }
    }
}
