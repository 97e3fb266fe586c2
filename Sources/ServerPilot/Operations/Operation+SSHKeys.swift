internal import HTTPTypes

extension Operation {
    static let sshkeys: [Operation] = [
        Operation(
            "sshkeys", .get, "/sshkeys", about: .sshkey, effect: .read, result: .list(.sshkey),
            "Lists all SSH keys of the account."),
        Operation(
            "create_sshkey", .post, "/sshkeys", about: .sshkey,
            body: [
                .required("name", .string, Constraint.sshkeyName, "The name of the key."),
                .required(
                    "public_key", .string, Constraint.publicKey,
                    "The public key in the format of "
                        + "authorized_keys."),
            ],
            effect: .create, result: .object(.sshkey), isRepeatable: false,
            naturalKey: NaturalKey(["public_key"], in: "sshkeys", uniqueness: nil),
            rules: [.sshkeyIsUnique, .sshkeyLimit], "Adds an SSH key to the account."),
        Operation(
            "sshkey", .get, "/sshkeys/:id", about: .sshkey, pathParameters: [.pathID(.sshkey)],
            effect: .read, result: .object(.sshkeyDetails), rules: [.exists(.sshkey)],
            "Gets one SSH key and the system users that have it."),
        Operation(
            "rename_sshkey", .post, "/sshkeys/:id", about: .sshkey, pathParameters: [.pathID(.sshkey)],
            body: [.required("name", .string, Constraint.sshkeyName, "The new name of the key.")],
            argumentStyle: .positional, effect: .update, result: .object(.sshkey), rules: [.exists(.sshkey)],
            "Renames an SSH key."),
        Operation(
            "delete_sshkey", .delete, "/sshkeys/:id", about: .sshkey, pathParameters: [.pathID(.sshkey)],
            effect: .delete, result: .nothing, rules: [.exists(.sshkey), .keyIsNotInUse],
            "Deletes an SSH key that no system user has."),
    ]
}
