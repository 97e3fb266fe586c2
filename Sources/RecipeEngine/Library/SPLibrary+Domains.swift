internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot

/// Functions for parts of an app or a system user: domains and SSH keys.
extension SPLibrary {
    var partFunctions: [HostFunction] {
        [domains("add_domains", adds: true), domains("remove_domains", adds: false), ensureUserKey]
    }

    private func domains(_ name: String, adds: Bool) -> HostFunction {
        waiting(
            name,
            [
                HostParameter("id", "string", documentation: "The id of the app."),
                HostParameter("domains", "string[]", documentation: "The domains to \(adds ? "add" : "remove")."),
            ],
            results: ["App", "\"updated\"|\"unchanged\""],
            "\(adds ? "Adds domains to" : "Removes domains from") an app and keeps its other domains. Waits until the "
                + "action ends."
        ) { arguments, scope, options in
            let id = try arguments.string(0)
            let domains = try Self.texts(arguments, at: 1)
            try Self.check(domains, name)
            let ensurer = DomainsEnsurer(scope: scope, options: try options(), function: name, adds: adds)
            let (app, status) = try await ensurer.ensure(id, domains)
            return [LuaValue(app), status.luaValue]
        }
    }

    /// Checks the given list by itself: it is sent together with other domains, whose problems are not the recipe's.
    private static func check(_ domains: [String], _ function: String) throws(RecipeError) {
        let field = ServerPilot.Operation.named("update_app")?.parameters.filter { $0.name == "domains" } ?? []
        let list: JSONObject = ["domains": .array(domains.map { .string($0) })]
        let problems = field.problems(in: list) + DomainWords.problems(in: list)
        guard problems.isEmpty else { throw RecipeError(problems, of: function) }
    }

    private static func texts(_ arguments: LuaArguments, at position: Int) throws(LuaArgumentError) -> [String] {
        let values = try arguments.array(position)
        let texts = values.compactMap(\.text)
        guard texts.count == values.count else { throw arguments.invalid(position, "expected a list of strings") }
        guard !texts.isEmpty else { throw arguments.invalid(position, "expected a list with at least one domain") }
        return texts
    }

    private var ensureUserKey: HostFunction {
        waiting(
            "ensure_sysuser_sshkey",
            [
                HostParameter("id", "string", documentation: "The id of the system user."),
                HostParameter("sshkey_id", "string", documentation: "The id of the SSH key to add."),
            ],
            results: ["SSHKey[]", "\"updated\"|\"unchanged\""],
            "Adds an SSH key to a system user that does not have it. Waits until the action ends. Returns the user's "
                + "keys."
        ) { arguments, scope, options in
            let (id, key) = (try arguments.string(0), try arguments.string(1))
            let options = try options()
            let user: JSONObject = ["id": .string(id)]
            var keys = try await scope.call("sysuser_sshkeys", user).data.arrayValue ?? []
            guard !keys.contains(where: { $0["id"]?.stringValue == key }) else {
                return [LuaValue(.array(keys)), EnsureStatus.unchanged.luaValue]
            }
            let reply = try await scope.call("add_sysuser_sshkey", ["id": .string(id), "sshkey_id": .string(key)])
            try await options.wait(for: reply, in: scope)
            keys = try await scope.call("sysuser_sshkeys", user).data.arrayValue ?? []
            return [LuaValue(.array(keys)), EnsureStatus.updated.luaValue]
        }
    }
}
