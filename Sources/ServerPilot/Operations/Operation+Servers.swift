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
                .optional("plan", plan, "Its plan, economy if nothing is said."),
                .optional(
                    "enable_ssh_password_auth", .boolean,
                    "Whether people may log in by password over SSH; false if nothing is said."),
            ],
            effect: .create, result: .object(.newServer), queues: .always, isRepeatable: false,
            naturalKey: NaturalKey(["name"], in: "servers", uniqueness: nil),
            rules: [.serverNameIsUnique],
            "Creates the record of a server; the reply alone holds the apikey that its installer needs."),
        Operation(
            "server", .get, "/servers/:id", about: .server, pathParameters: [.pathID(.server)],
            effect: .read, result: .object(.server), rules: [.exists(.server)], "Gets one server."),
        Operation(
            "update_server", .post, "/servers/:id", about: .server, pathParameters: [.pathID(.server)],
            body: [
                .optional("plan", plan, "Its plan."),
                .optional("firewall", .boolean, "Whether the firewall is on."),
                .optional("autoupdates", .boolean, "Whether the system's packages are updated by themselves."),
                .optional("deny_unknown_domains", .boolean, "Whether requests for domains of no app are refused."),
            ],
            needsSomeBody: true, effect: .update, result: .object(.changedServer), queues: .sometimes,
            rules: [.exists(.server)], "Changes settings of a server."),
        Operation(
            "delete_server", .delete, "/servers/:id", about: .server, pathParameters: [.pathID(.server)],
            effect: .delete, result: .nothing, rules: [.exists(.server)],
            "Removes a server from the account, and with it its users, apps and databases."),
    ]

    private static let plan: FieldType = .enumeration(["economy", "business", "first_class"])
}
