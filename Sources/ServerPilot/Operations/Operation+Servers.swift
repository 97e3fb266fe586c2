internal import HTTPTypes

extension Operation {
    static let servers: [Operation] = [
        Operation(
            "servers", .get, "/servers", about: .server, effect: .read, result: .list(.server),
            "Lists all servers of the account."),
        Operation(
            "create_server", .post, "/servers", about: .server,
            body: [
                .required("name", .string, Constraint.serverName, "The name of the server."),
                .optional("plan", plan, "The plan of the server; economy by default."),
                .optional(
                    "enable_ssh_password_auth", .boolean,
                    "Whether SSH accepts passwords; false by default."),
            ],
            effect: .create, result: .object(.newServer), queues: .always, isRepeatable: false,
            naturalKey: NaturalKey(["name"], in: "servers", uniqueness: nil),
            rules: [.serverNameIsUnique],
            "Creates the record of a server. Only this reply contains the apikey that the installer needs."),
        Operation(
            "server", .get, "/servers/:id", about: .server, pathParameters: [.pathID(.server)],
            effect: .read, result: .object(.server), rules: [.exists(.server)], "Gets one server."),
        Operation(
            "update_server", .post, "/servers/:id", about: .server, pathParameters: [.pathID(.server)],
            body: [
                .optional("plan", plan, "The plan."),
                .optional("firewall", .boolean, "Whether the firewall is on."),
                .optional("autoupdates", .boolean, "Whether the server updates its packages automatically."),
                .optional(
                    "deny_unknown_domains", .boolean,
                    "Whether the server rejects requests for domains that no "
                        + "app has."),
            ],
            needsSomeBody: true, effect: .update, result: .object(.changedServer), queues: .sometimes,
            rules: [.exists(.server)], "Changes settings of a server."),
        Operation(
            "delete_server", .delete, "/servers/:id", about: .server, pathParameters: [.pathID(.server)],
            effect: .delete, result: .nothing, rules: [.exists(.server)],
            "Removes a server from the account, with its system users, apps and databases."),
    ]

    private static let plan: FieldType = .enumeration(["economy", "business", "first_class"])
}
