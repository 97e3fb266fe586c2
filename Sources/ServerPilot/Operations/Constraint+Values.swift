/// The rules that several fields share, from ServerPilot's document unless their evidence says otherwise.
extension Constraint {
    static let serverName = [
        Constraint("server-name-length", .length(1...255), .documented),
        Constraint("server-name-characters", .characters(.lowerCaseLettersDigitsDotsAndDashes), .documented),
        Constraint("server-name-begin", .firstCharacter(.lowerCaseLetters), .documented),
        Constraint("server-name-end", .lastCharacter(.lowerCaseLettersAndDigits), .documented),
    ]

    static let sshkeyName = [
        Constraint("sshkey-name-length", .length(1...50), .documented),
        Constraint("sshkey-name-characters", .characters(.printableWithoutMarkup), .documented),
    ]

    static let publicKey = [
        Constraint("public-key-type", .firstWord(["ssh-rsa", "ssh-ed25519"]), .documented),
        // The examples in the document have "ssh-rsa ...".
        Constraint("public-key-blob", .publicKey, .inferred, toggle: .off),
    ]

    static let sysuserName = [
        Constraint("sysuser-name-length", .length(3...32), .documented),
        // The refusal of upper case was also seen live.
        Constraint("sysuser-name-characters", .characters(.lowerCaseLettersDigitsAndDashes), .documented),
        Constraint("sysuser-name-begin", .firstCharacter(.lowerCaseLetters), .documented),
        Constraint("sysuser-name-end", .lastCharacter(.lowerCaseLettersAndDigits), .inferred, toggle: .off),
        Constraint("sysuser-name-reserved", .noneOf(["root", "www-data", "mysql"]), .inferred, toggle: reserved),
    ]

    static let password = [
        Constraint("password-length", .length(8...200), .documented),
        Constraint("password-trimmed", .noOuterWhiteSpace, .documented),
    ]

    static let appName = [
        Constraint("app-name-length", .length(3...30), .documented),
        // The document allows only letters and digits. Production code depends on dashes, and dots were refused live.
        Constraint("app-name-characters", .characters(.lowerCaseLettersDigitsAndDashes), .production),
        Constraint(
            "app-name-documented", .characters(.lowerCaseLettersAndDigits), .documented, toggle: .off),
        Constraint("app-name-begin", .firstCharacter(.lowerCaseLettersAndDigits), .inferred),
        Constraint("app-name-end", .lastCharacter(.lowerCaseLettersAndDigits), .inferred),
    ]

    static let databaseName = [
        Constraint("db-name-length", .length(3...64), .documented),
        Constraint("db-name-alphabet", .characters(.lettersDigitsAndDashes), .production),
        // Documented, but scripts in the field create names with capitals.
        Constraint(
            "db-name-characters", .characters(.lowerCaseLettersDigitsAndDashes), .documented,
            toggle: .otherwise(.isAccepted)),
        Constraint("db-name-begin", .firstCharacter(.lettersAndDigits), .inferred, toggle: .off),
        Constraint("db-name-end", .lastCharacter(.lettersAndDigits), .inferred, toggle: .off),
        Constraint("db-name-reserved", .noneOf(["mysql", "sys"]), .inferred, toggle: reserved),
    ]

    static let databaseUserName = [
        Constraint("dbuser-name-length", .length(1...16), .documented),
        Constraint("dbuser-name-characters", .characters(.lettersDigitsDashesAndUnderscores), .inferred),
        Constraint("dbuser-name-begin", .firstCharacter(.lettersAndDigits), .inferred, toggle: .off),
        Constraint("dbuser-name-end", .lastCharacter(.lettersAndDigits), .inferred, toggle: .off),
        Constraint("dbuser-name-reserved", .noneOf(["root", "mysql"]), .inferred, toggle: reserved),
    ]

    /// The setting for names that a server reserves for itself: invalid, already taken, or accepted.
    private static let reserved = Toggle.oneOf(
        ("on", .holds), ("taken", .isRefused(status: 409)), ("off", .isAccepted))

    static let wordpressPassword = [Constraint("wordpress-password-length", .length(8...200), .documented)]

    static let domain = [
        Constraint("domain-length", .length(1...253), .inferred, isPlain: true),
        Constraint("domain-characters", .characters(.hostName), .inferred),
        Constraint("domain-labels", .domainLabels, .inferred),
    ]

    static let domainCount = [Constraint("domain-count", .count(atMost: 300), .documented)]

    // The API accepted malformed certificates at least once, and they broke the web server (seen in production).
    static let privateKey = [
        Constraint("ssl-key-pem", .pem(.privateKey), .inferred, isPlain: true),
        Constraint("ssl-key-whole", .wholePEM, .inferred, toggle: .off, isPlain: true),
    ]

    static let certificate = [
        Constraint("ssl-cert-pem", .pem(.certificates), .inferred, isPlain: true),
        Constraint("ssl-cert-whole", .wholePEM, .inferred, toggle: .off, isPlain: true),
    ]
}

extension Field {
    /// Returns the field for the id in a path.
    static func pathID(_ kind: ResourceKind) -> Field {
        .required(
            "id", .identifier(kind), "The id of the \(kind.spokenName).")
    }
}
