/// The rules that several fields share, from ServerPilot's document unless marked otherwise.
extension Constraint {
    /// What an id may look like; opaque otherwise (16 to 18 letters and digits were seen).
    static let identifier = Constraint("id-characters", .characters(.identifier), .live)

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
        Constraint("public-key-type", .firstWord(["ssh-rsa", "ssh-ed25519"]), .documented)
    ]

    static let sysuserName = [
        Constraint("sysuser-name-length", .length(3...32), .documented),
        // That upper case is refused was also seen live.
        Constraint("sysuser-name-characters", .characters(.lowerCaseLettersDigitsAndDashes), .documented),
        Constraint("sysuser-name-begin", .firstCharacter(.lowerCaseLetters), .documented),
    ]

    static let password = [
        Constraint("password-length", .length(8...200), .documented),
        Constraint("password-trimmed", .noOuterWhiteSpace, .documented),
    ]

    static let appName = [
        Constraint("app-name-length", .length(3...30), .documented),
        // Documented are letters and digits only; production code depends on dashes, and dots were refused live.
        Constraint("app-name-characters", .characters(.lowerCaseLettersDigitsAndDashes), .production),
        Constraint(
            "app-name-documented", .characters(.lowerCaseLettersAndDigits), .documented, toggle: .off),
    ]

    static let databaseName = [
        Constraint("db-name-length", .length(3...64), .documented),
        Constraint("db-name-characters", .characters(.lowerCaseLettersDigitsAndDashes), .documented),
    ]

    static let databaseUserName = [Constraint("dbuser-name-length", .length(1...16), .documented)]

    static let wordpressPassword = [Constraint("wordpress-password-length", .length(8...200), .documented)]

    static let domain = [
        Constraint("domain-length", .length(1...253), .inferred),
        Constraint("domain-characters", .characters(.hostName), .inferred),
    ]

    static let domainCount = [Constraint("domain-count", .count(atMost: 300), .documented)]

    // Malformed certificates were accepted at least once, and broke the web server (production).
    static let privateKey = [Constraint("ssl-key-pem", .contains("PRIVATE KEY-----"), .inferred)]

    static let certificate = [Constraint("ssl-cert-pem", .contains("-----BEGIN CERTIFICATE-----"), .inferred)]
}

extension Field {
    /// The id in a path.
    static func pathID(_ kind: ResourceKind) -> Field {
        .required(
            "id", .identifier(kind), [.identifier],
            "The id of the \(kind.spokenName).")
    }
}
