/// The rules about the state of the account, each once.
extension Rule {
    static func exists(_ kind: ResourceKind) -> Rule {
        Rule(
            "\(kind.rawValue)-exists", .pathExists, status: 404, .documented, "The \(kind.spokenName) does not exist.")
    }

    static let references = Rule(
        "references-exist", .referencesExist, status: 404, .inferred,
        "A resource that the arguments name does not "
            + "exist.",
        otherwise: .isRefused(status: 400))

    static let serverNameIsUnique = Rule(
        "server-name-unique", .naturalKeyIsFree, status: 409, .inferred, "A server with this name already exists.")
    static let sshkeyIsUnique = Rule(
        "sshkey-unique", .naturalKeyIsFree, status: 409, .inferred, "This SSH key already exists.")
    static let sysuserNameIsUnique = Rule(
        "sysuser-name-unique", .naturalKeyIsFree, status: 409, .inferred,
        "The server already has a system user with this name.")
    static let appNameIsUnique = Rule(
        "app-name-unique", .naturalKeyIsFree, status: 409, .inferred,
        "The server already has an app with this name.")
    static let databaseNameIsUnique = Rule(
        "db-name-unique", .naturalKeyIsFree, status: 409, .inferred,
        "The server already has a database with this name.")
    static let databaseUserNameIsUnique = Rule(
        "dbuser-name-unique", .databaseUserNameIsFree, status: 409, .inferred,
        "The server already has a database user with this name.")

    static let sshkeyLimit = Rule(
        "sshkey-limit", .fewer(than: 1000, .sshkey, perField: nil), status: 400, .documented,
        "The account already has 1000 SSH keys, the maximum.")
    static let sysuserLimit = Rule(
        "sysuser-limit", .fewer(than: 1000, .sysuser, perField: "serverid"), status: 400, .documented,
        "The server already has 1000 system users, the maximum.")
    static let sysuserKeyLimit = Rule(
        "sysuser-sshkey-limit", .fewer(than: 100, .sshkey, perField: "id"), status: 400, .documented,
        "The system user already has 100 SSH keys, the maximum.")
    static let appLimit = Rule(
        "app-limit", .fewer(than: 1000, .app, perField: "sysuserid"), status: 400, .documented,
        "The system user already has 1000 apps, the maximum.")
    static let databaseLimit = Rule(
        "db-limit", .fewer(than: 1000, .db, perField: "appid"), status: 400, .documented,
        "The app already has 1000 databases, the maximum.")

    /// Protects the system user that every server has.
    package static let isNotServerPilotUser = Rule(
        "serverpilot-user-protected", .isNotServerPilotUser, status: 403, .inferred,
        "The system user serverpilot cannot be deleted.")
    static let keyIsNotInUse = Rule(
        // The refusal is documented, its status is not.
        "sshkey-not-in-use", .keyIsNotInUse, status: 409, .documented, "A system user has the SSH key.",
        otherwise: .isRefused(status: 403))
    static let keyIsNotAttached = Rule(
        "sshkey-not-attached", .keyIsAttached(false), status: 409, .inferred,
        "The system user already has this SSH key.")
    static let keyIsAttached = Rule(
        "sshkey-attached", .keyIsAttached(true), status: 404, .inferred, "The system user does not have this SSH key.")
    static let runtimeIsOffered = Rule(
        "runtime-offered", .runtimeIsOffered, status: 400, .documented, "The server does not have this PHP runtime.")
    static let autoSSLIsOff = Rule(
        "custom-ssl-without-autossl", .autoSSLIsOff, status: 400, .documented,
        "AutoSSL is on: turn it off before you add a custom certificate.")
    static let autoSSLCanBeEnabled = Rule(
        "autossl-available", .autoSSLCanBeEnabled, status: 400, .documented,
        "AutoSSL is not available for the app, or SSL is already on.")
    static let hasSSL = Rule("ssl-present", .hasSSL, status: 400, .documented, "The app has no SSL.")
    static let hasSSLToUnforce = Rule(
        "force-false-needs-ssl", .hasSSLToUnforce, status: 400, .inferred,
        "The app has no SSL, so ForceSSL cannot be turned off.")
    static let changesForceSSL = Rule(
        "force-ssl-changes", .changesForceSSL, status: 400, .production, "ForceSSL already has this value.")
    static let changesCertificate = Rule(
        "custom-ssl-changes", .changesCertificate, status: 400, .production, "This certificate is already installed.")
    /// The rules for a list of domains.
    static let domains = [domainsAreDistinct, domainsAreLowerCase, domainsHaveNoFinalDot, domainsAreFree]
    package static let domainsAreDistinct = Rule(
        "domains-distinct", .domainsAreDistinct, status: 400, .inferred, "The list contains a domain twice.",
        settings: .oneOf(("merged", .happens("ServerPilot keeps it once")), ("refused", .holds)))
    package static let domainsAreLowerCase = Rule(
        "domains-lower-case", .domainsAreLowerCase, status: 400, .inferred, "A domain contains capital letters.",
        settings: .oneOf(
            ("kept", .happens("ServerPilot keeps it as sent")),
            (
                "lowered",
                .happens(
                    "ServerPilot keeps it in lower "
                        + "case")
            ),
            ("refused", .holds)))
    package static let domainsHaveNoFinalDot = Rule(
        "domains-final-dot", .domainsHaveNoFinalDot, status: 400, .inferred, "A domain ends with a dot.",
        settings: .oneOf(
            ("kept", .happens("ServerPilot keeps it as sent")),
            (
                "dropped",
                .happens(
                    "ServerPilot keeps it without "
                        + "the dot")
            ),
            ("refused", .holds)))
    static let domainsAreFree = Rule(
        "domain-unique", .domainsAreFree, status: 409, .inferred, "Another app on the server has one of the domains.",
        settings: .off)
    static let databaseUserBelongsToDatabase = Rule(
        "dbuser-of-db", .databaseUserBelongsToDatabase, status: 404, .inferred,
        "The database has no user with this id.", otherwise: .isRefused(status: 400))
}
