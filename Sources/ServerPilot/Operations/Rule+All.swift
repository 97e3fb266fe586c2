/// The rules about the state of the account, each once.
extension Rule {
    static func exists(_ kind: ResourceKind) -> Rule {
        Rule(
            "\(kind)-exists", .pathExists, status: 404, .documented, "There is no such \(kind.spokenName).")
    }

    static let references = Rule(
        "references-exist", .referencesExist, status: 404, .inferred, "What the arguments refer to does not exist.",
        otherwise: .isRefused(status: 400))

    static let serverNameIsUnique = Rule(
        "server-name-unique", .naturalKeyIsFree, status: 409, .inferred, "A server of that name exists already.")
    static let sshkeyIsUnique = Rule(
        "sshkey-unique", .naturalKeyIsFree, status: 409, .inferred, "That SSH key exists already.")
    static let sysuserNameIsUnique = Rule(
        "sysuser-name-unique", .naturalKeyIsFree, status: 409, .inferred,
        "A system user of that name exists already on the server.")
    static let appNameIsUnique = Rule(
        "app-name-unique", .naturalKeyIsFree, status: 409, .inferred,
        "An app of that name exists already on the server.")
    static let databaseNameIsUnique = Rule(
        "db-name-unique", .naturalKeyIsFree, status: 409, .inferred,
        "A database of that name exists already on the server.")
    static let databaseUserNameIsUnique = Rule(
        "dbuser-name-unique", .databaseUserNameIsFree, status: 409, .inferred,
        "A database user of that name exists already on the server.")

    static let sshkeyLimit = Rule(
        "sshkey-limit", .fewer(than: 1000, .sshkey, perField: nil), status: 400, .documented,
        "The account has 1000 SSH keys, which is the most.")
    static let sysuserLimit = Rule(
        "sysuser-limit", .fewer(than: 1000, .sysuser, perField: "serverid"), status: 400, .documented,
        "The server has 1000 system users, which is the most.")
    static let sysuserKeyLimit = Rule(
        "sysuser-sshkey-limit", .fewer(than: 100, .sshkey, perField: "id"), status: 400, .documented,
        "The system user has 100 SSH keys, which is the most.")
    static let appLimit = Rule(
        "app-limit", .fewer(than: 1000, .app, perField: "sysuserid"), status: 400, .documented,
        "The system user has 1000 apps, which is the most.")
    static let databaseLimit = Rule(
        "db-limit", .fewer(than: 1000, .db, perField: "appid"), status: 400, .documented,
        "The app has 1000 databases, which is the most.")

    /// Protects the system user that every server has.
    package static let isNotServerPilotUser = Rule(
        "serverpilot-user-protected", .isNotServerPilotUser, status: 403, .inferred,
        "The system user serverpilot cannot be deleted.")
    static let keyIsNotInUse = Rule(
        // The refusal is documented, its status is not.
        "sshkey-not-in-use", .keyIsNotInUse, status: 409, .documented, "The SSH key is in use by a system user.",
        otherwise: .isRefused(status: 403))
    static let keyIsNotAttached = Rule(
        "sshkey-not-attached", .keyIsAttached(false), status: 409, .inferred,
        "The system user has that SSH key already.")
    static let keyIsAttached = Rule(
        "sshkey-attached", .keyIsAttached(true), status: 404, .inferred, "The system user does not have that SSH key.")
    static let runtimeIsOffered = Rule(
        "runtime-offered", .runtimeIsOffered, status: 400, .documented, "The server does not offer that runtime.")
    static let autoSSLIsOff = Rule(
        "custom-ssl-without-autossl", .autoSSLIsOff, status: 400, .documented,
        "A custom certificate cannot be added while AutoSSL is on.")
    static let autoSSLCanBeEnabled = Rule(
        "autossl-available", .autoSSLCanBeEnabled, status: 400, .documented,
        "AutoSSL is not available for the app, or SSL is on already.")
    static let hasSSL = Rule("ssl-present", .hasSSL, status: 400, .documented, "The app has no SSL.")
    static let hasSSLToUnforce = Rule(
        "force-false-needs-ssl", .hasSSLToUnforce, status: 400, .inferred,
        "ForceSSL cannot be turned off on an app without SSL.")
    static let changesForceSSL = Rule(
        "force-ssl-changes", .changesForceSSL, status: 400, .production, "ForceSSL is set like that already.")
    static let changesCertificate = Rule(
        "custom-ssl-changes", .changesCertificate, status: 400, .production, "That certificate is installed already.")
    /// The rules for a list of domains.
    static let domains = [domainsAreDistinct, domainsAreLowerCase, domainsHaveNoFinalDot, domainsAreFree]
    package static let domainsAreDistinct = Rule(
        "domains-distinct", .domainsAreDistinct, status: 400, .inferred, "A domain comes twice.",
        settings: .oneOf(("merged", .happens("it counts once")), ("refused", .holds)))
    package static let domainsAreLowerCase = Rule(
        "domains-lower-case", .domainsAreLowerCase, status: 400, .inferred, "A domain has capitals.",
        settings: .oneOf(
            ("kept", .happens("it is kept as sent")), ("lowered", .happens("it is kept in lower case")),
            ("refused", .holds)))
    package static let domainsHaveNoFinalDot = Rule(
        "domains-final-dot", .domainsHaveNoFinalDot, status: 400, .inferred, "A domain has a dot at its end.",
        settings: .oneOf(
            ("kept", .happens("it is kept as sent")), ("dropped", .happens("it is kept without the dot")),
            ("refused", .holds)))
    static let domainsAreFree = Rule(
        "domain-unique", .domainsAreFree, status: 409, .inferred, "Another app of the server has one of the domains.",
        settings: .off)
    static let databaseUserBelongsToDatabase = Rule(
        "dbuser-of-db", .databaseUserBelongsToDatabase, status: 404, .inferred,
        "The database has no user with that id.", otherwise: .isRefused(status: 400))
}
