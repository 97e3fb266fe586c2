internal import HTTPTypes

extension Operation {
    static let apps: [Operation] = [
        Operation(
            "apps", .get, "/apps", about: .app, effect: .read, result: .list(.app), "Lists the apps of all servers."),
        Operation(
            "create_app", .post, "/apps", about: .app,
            body: [
                .required("name", .string, Constraint.appName, "The name of the app."),
                .required("sysuserid", .identifier(.sysuser), "The system user that will own it."),
                .required("runtime", .string, "One of the server's available_runtimes."),
                .optional("domains", domains, Constraint.domainCount, "The domains."),
                .optional("wordpress", .object(wordpress), "The settings of the WordPress installation."),
            ],
            effect: .create, result: .object(.app), queues: .always, isRepeatable: false,
            naturalKey: NaturalKey(["serverid", "name"], in: "apps", uniqueness: .inferred),
            rules: [.references, .runtimeIsOffered, .appNameIsUnique, .appLimit] + Rule.domains,
            "Creates an app. ServerPilot bills for each app."),
        Operation(
            "app", .get, "/apps/:id", about: .app, pathParameters: [.pathID(.app)],
            effect: .read, result: .object(.appDetails), rules: [.exists(.app)],
            "Gets one app and whether AutoSSL is available for it."),
        Operation(
            "update_app", .post, "/apps/:id", about: .app, pathParameters: [.pathID(.app)],
            body: [
                .optional("runtime", .string, "One of the server's available_runtimes."),
                .optional(
                    "domains", domains, Constraint.domainCount,
                    "All domains of the app; they replace the "
                        + "current list."),
            ],
            needsSomeBody: true, effect: .update, result: .object(.app), queues: .sometimes,
            rules: [.exists(.app), .runtimeIsOffered] + Rule.domains,
            "Changes the runtime or the domains of an app. The given domains replace the whole list."),
        Operation(
            "delete_app", .delete, "/apps/:id", about: .app, pathParameters: [.pathID(.app)],
            effect: .delete, result: .nothing, queues: .always, rules: [.exists(.app)],
            "Deletes an app and its databases."),
    ]

    private static let domains: FieldType = .array(.string, Constraint.domain)

    private static let wordpress: [Field] = [
        .required("site_title", .string, "The title of the site."),
        .required("admin_user", .string, "The name of the administrator."),
        .required(
            "admin_password", .string, secrecy: .secret, Constraint.wordpressPassword,
            "The administrator's password."),
        .required("admin_email", .string, "The administrator's address."),
    ]
}
