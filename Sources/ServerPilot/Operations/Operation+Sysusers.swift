internal import HTTPTypes

extension Operation {
    /// The system user that ServerPilot creates on every server for its own use, and deletes with the server.
    package static let serverPilotUser = "serverpilot"

    static let sysusers: [Operation] = [
        Operation(
            "sysusers", .get, "/sysusers", about: .sysuser, effect: .read, result: .list(.sysuser),
            "Lists the system users of all servers."),
        Operation(
            "create_sysuser", .post, "/sysusers", about: .sysuser,
            body: [
                .required("serverid", .identifier(.server), "The server to create the user on."),
                .required("name", .string, Constraint.sysuserName, "The name of the user."),
                .optional(
                    "password", .string, secrecy: .secret, Constraint.password,
                    "The user's password. Without a password, the user can log in only with an SSH key."),
                .optional("sshkey_id", .identifier(.sshkey), "An SSH key to add to the user."),
            ],
            effect: .create, result: .object(.sysuser), queues: .always, isRepeatable: false,
            naturalKey: NaturalKey(["serverid", "name"], in: "sysusers", uniqueness: .inferred),
            rules: [.references, .sysuserNameIsUnique, .sysuserLimit],
            "Creates a system user."),
        Operation(
            "sysuser", .get, "/sysusers/:id", about: .sysuser, pathParameters: [.pathID(.sysuser)],
            effect: .read, result: .object(.sysuser), rules: [.exists(.sysuser)], "Gets one system user."),
        Operation(
            "update_sysuser", .post, "/sysusers/:id", about: .sysuser, pathParameters: [.pathID(.sysuser)],
            body: [
                .required("password", .string, secrecy: .secret, Constraint.password, "The new password.")
            ],
            effect: .update, result: .object(.sysuser), queues: .always, rules: [.exists(.sysuser)],
            "Changes the password of a system user."),
        Operation(
            "delete_sysuser", .delete, "/sysusers/:id", about: .sysuser, pathParameters: [.pathID(.sysuser)],
            effect: .delete, result: .nothing, queues: .always,
            rules: [.exists(.sysuser), .isNotServerPilotUser],
            "Deletes a system user, its apps and their databases."),
        Operation(
            "sysuser_sshkeys", .get, "/sysusers/:id/sshkeys", about: .sshkey, pathParameters: [.pathID(.sysuser)],
            effect: .read, result: .list(.sshkey), rules: [.exists(.sysuser)],
            "Lists the SSH keys of a system user."),
        Operation(
            "add_sysuser_sshkey", .post, "/sysusers/:id/sshkeys", about: .sysuser,
            pathParameters: [.pathID(.sysuser)],
            body: [.required("sshkey_id", .identifier(.sshkey), "The SSH key to add.")],
            argumentStyle: .positional, effect: .update, result: .nothing, queues: .always,
            naturalKey: NaturalKey(["id"], in: "sysuser_sshkeys", uniqueness: .inferred),
            rules: [.exists(.sysuser), .references, .keyIsNotAttached, .sysuserKeyLimit],
            "Adds an SSH key to a system user."),
        Operation(
            "remove_sysuser_sshkey", .delete, "/sysusers/:id/sshkeys/:sshkey_id", about: .sysuser,
            pathParameters: [
                .pathID(.sysuser),
                .required("sshkey_id", .identifier(.sshkey), "The SSH key to remove."),
            ],
            effect: .delete, result: .nothing, queues: .always, rules: [.exists(.sysuser), .keyIsAttached],
            "Removes an SSH key from a system user."),
    ]
}
