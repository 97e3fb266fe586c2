internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage

/// `sp.connect_server`, `sp.wait_connected` and `sp.cloud_init`: they make a new machine a server of the account.
extension SPLibrary {
    var connectFunctions: [HostFunction] { [connectServer, waitConnected, cloudInit] }

    private var connectServer: HostFunction {
        HostFunction(
            "connect_server",
            parameters: [
                HostParameter(
                    "wanted", "table",
                    documentation: "name, plan?, enable_ssh_password_auth?; ssh = { host, user, identity, … } with "
                        + "the options of ssh.run; installer?, timeout? (30m), replace_unconnected? (false).")
            ],
            results: ["Server", "\"created\"|\"unchanged\""],
            documentation: "Connects a machine to the account as a server: creates the server's record, runs "
                + "ServerPilot's installer on the machine by SSH, and waits for the first connection. A server that "
                + "has already connected stays unchanged.",
            async: { call in
                let request = try ConnectRequest(call.arguments, for: session)
                let scope = StepScope(session, call, realm)
                let (server, status) = try await ServerConnector(
                    scope: scope, request: request, machine: try machine(request, call.arguments, scope)
                ).connect()
                return [LuaValue(server), status.luaValue]
            })
    }

    private var waitConnected: HostFunction {
        HostFunction(
            "wait_connected",
            parameters: [
                HostParameter("id", "string", documentation: "The id of the server."),
                HostParameter("options", "table", isOptional: true, documentation: "timeout, such as \"30m\"."),
            ],
            results: ["Server"],
            documentation: "Waits until a server connects for the first time, for example after a boot with the user "
                + "data of sp.cloud_init.",
            async: { call in
                let id = try call.arguments.string(0)
                let reader = try FieldReader(options: call.arguments, at: 1)
                try reader.expect(["timeout"])
                let timeout =
                    try reader.duration("timeout", atMost: session.limits.longestWait) ?? session.limits.connection
                return [LuaValue(try await StepScope(session, call, realm).connection(of: id, id, timeout: timeout))]
            })
    }

    private var cloudInit: HostFunction {
        HostFunction(
            "cloud_init",
            parameters: [
                HostParameter(
                    "server", "table",
                    documentation: "The server that sp.create_server returned, with its "
                        + "apikey."),
                HostParameter(
                    "options", "table", isOptional: true,
                    documentation: "installer: another URL of the "
                        + "installer."),
            ],
            results: ["string"],
            documentation:
                "Returns user data that runs ServerPilot's installer on a machine's first boot. It contains the "
                + "server's API key: anyone who can read the machine's user data can read the key.",
            sync: { arguments in
                let server = try arguments.table(0)
                guard case .string(let id) = server["id"], case .string(let key) = server["apikey"] else {
                    throw arguments.invalid(
                        0,
                        "a server with id and apikey is expected: pass the server that sp.create_server returned. No "
                            + "other call returns the apikey"
                    )
                }
                guard !key.contains(Redactor.replacement) else {
                    throw arguments.invalid(
                        0, "apikey is the placeholder \(Redactor.replacement); pass the key itself")
                }
                guard (id + key).utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "'") }) else {
                    throw arguments.invalid(0, "id and apikey must not contain spaces, quotes or control characters")
                }
                let reader = try FieldReader(options: arguments, at: 1)
                try reader.expect(["installer"])
                let installer = try ConnectRequest.installer(reader)
                session.output.learn(secret: key)
                return [
                    .string(InstallerScript.userData(installer: installer, id: id, key: Secret(key)).reveal())
                ]
            })
    }
}
