/// The rules that several fields share, from ServerPilot's document unless marked otherwise.
extension Constraint {
    /// What an id may look like; opaque otherwise (16 to 18 letters and digits were seen).
    static let identifier = Constraint(.characters(.identifier), .live)

    static let serverName = [
        Constraint(.length(1...255), .documented),
        Constraint(.characters(.lowerCaseLettersDigitsDotsAndDashes), .documented),
        Constraint(.firstCharacter(.lowerCaseLetters), .documented),
        Constraint(.lastCharacter(.lowerCaseLettersAndDigits), .documented),
    ]

    static let sshkeyName = [
        Constraint(.length(1...50), .documented), Constraint(.characters(.printableWithoutMarkup), .documented),
    ]

    static let sysuserName = [
        Constraint(.length(3...32), .documented),
        // That upper case is refused was also seen live.
        Constraint(.characters(.lowerCaseLettersDigitsAndDashes), .documented),
        Constraint(.firstCharacter(.lowerCaseLetters), .documented),
    ]

    static let password = [
        Constraint(.length(8...200), .documented), Constraint(.noOuterWhiteSpace, .documented),
    ]

    static let appName = [
        Constraint(.length(3...30), .documented),
        // Documented are letters and digits only; production code depends on dashes, and dots were refused live.
        Constraint(.characters(.lowerCaseLettersDigitsAndDashes), .production),
    ]

    static let databaseName = [
        Constraint(.length(3...64), .documented),
        Constraint(.characters(.lowerCaseLettersDigitsAndDashes), .documented),
    ]

    static let domain = [
        Constraint(.length(1...253), .inferred), Constraint(.characters(.hostName), .inferred),
    ]

    static let domainCount = [Constraint(.count(atMost: 300), .documented)]
}

extension Field {
    /// The id in a path.
    static func pathID(_ kind: ResourceKind) -> Field {
        .required(
            "id", .identifier(kind), [.identifier],
            "The id of the \(kind.spokenName).")
    }
}
