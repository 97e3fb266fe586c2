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
                    documentation: "name, plan?, enable_ssh_password_auth?; ssh = { host, user, identity, … } as "
                        + "ssh.run takes it; installer?, timeout? (30m), replace_unconnected? (false).")
            ],
            results: ["Server", "\"created\"|\"unchanged\""],
            documentation: "Makes a machine a server of the account: creates its record, runs ServerPilot's installer "
                + "on it by SSH, waits for its first connection; a server that has connected is left as it is.",
            async: { call in
                let request = try ConnectRequest(call.arguments, for: session)
                let scope = StepScope(session, call, realm)
                let (server, status) = try await ServerConnector(
                    scope: scope, request: request, machine: try machine(request, call.arguments, scope)
                ).connect()
                return [LuaValue(server), .string(status)]
            })
    }

    private var waitConnected: HostFunction {
        HostFunction(
            "wait_connected",
            parameters: [
                HostParameter("id", "string", documentation: "The server's id."),
                HostParameter("options", "table", isOptional: true, documentation: "timeout, such as \"30m\"."),
            ],
            results: ["Server"],
            documentation: "Waits until a server has connected for the first time, as after a start with "
                + "sp.cloud_init's user data.",
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
                HostParameter("server", "table", documentation: "What sp.create_server gave, with its apikey."),
                HostParameter("options", "table", isOptional: true, documentation: "installer: another address of it."),
            ],
            results: ["string"],
            documentation:
                "The user data with which a machine runs ServerPilot's installer at its first start. It holds "
                + "the server's key: whoever can read the machine's user data can read it.",
            sync: { arguments in
                let server = try arguments.table(0)
                guard case .string(let id) = server["id"], case .string(let key) = server["apikey"] else {
                    throw arguments.invalid(
                        0,
                        "a server with id and apikey is expected, as sp.create_server gives it: the key is told only then"
                    )
                }
                guard !key.contains(Redactor.replacement) else {
                    throw arguments.invalid(
                        0, "apikey is \(Redactor.replacement), which is only shown in the key's place")
                }
                guard (id + key).utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "'") }) else {
                    throw arguments.invalid(0, "id and apikey are no words")
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
