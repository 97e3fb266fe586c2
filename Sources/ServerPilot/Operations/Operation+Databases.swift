internal import HTTPTypes

extension Operation {
    static let databases: [Operation] = [
        Operation(
            "dbs", .get, "/dbs", about: .db, effect: .read, result: .list(.db), "Lists the databases of all servers."),
        Operation(
            "create_db", .post, "/dbs", about: .db,
            body: [
                .required("appid", .identifier(.app), "The app that the database belongs to."),
                .required("name", .string, Constraint.databaseName, "The name of the database."),
                .required("user", .object(newUser), "The database's user."),
            ],
            effect: .create, result: .object(.db), queues: .always, isRepeatable: false,
            naturalKey: NaturalKey(["serverid", "name"], in: "dbs", uniqueness: .inferred),
            rules: [
                .references, .databaseNameIsUnique, .databaseUserNameIsUnique, .databaseLimit,
            ],
            "Creates a database and its user."),
        Operation(
            "db", .get, "/dbs/:id", about: .db, pathParameters: [.pathID(.db)],
            effect: .read, result: .object(.db), rules: [.exists(.db)], "Gets one database."),
        Operation(
            "update_db", .post, "/dbs/:id", about: .db, pathParameters: [.pathID(.db)],
            body: [.required("user", .object(changedUser), "The database's user with the new password.")],
            effect: .update, result: .object(.db), queues: .always,
            rules: [.exists(.db), .databaseUserBelongsToDatabase],
            "Changes the password of a database's user."),
        Operation(
            "delete_db", .delete, "/dbs/:id", about: .db, pathParameters: [.pathID(.db)],
            effect: .delete, result: .nothing, queues: .always, rules: [.exists(.db)],
            "Deletes a database and its user."),
    ]

    private static let newUser: [Field] = [
        .required("name", .string, Constraint.databaseUserName, "The name of the user."),
        .required("password", .string, secrecy: .secret, Constraint.password, "The user's password."),
    ]

    private static let changedUser: [Field] = [
        .required("id", .identifier(.dbuser), "The id of the database's user."),
        .required("password", .string, secrecy: .secret, Constraint.password, "The new password."),
    ]
}
