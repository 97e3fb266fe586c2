/// Rules about the arguments of a call.
extension Behaviour {
    /// The order in which path and arguments are checked.
    package static let pathBeforeArguments = Behaviour(
        "path-before-arguments", .inferred,
        "ServerPilot looks up the resource in the path before it checks the "
            + "arguments.",
        otherwise: .happens("ServerPilot checks the arguments first"))
    /// A required argument that is missing.
    package static let argumentIsGiven = Behaviour(
        "argument-given", .documented, status: 400, "ServerPilot rejects a call without a required argument.")
    /// An argument of the wrong type.
    package static let argumentHasType = Behaviour(
        "argument-type", .live, status: 400, "ServerPilot rejects an argument of the wrong type and names it.")
    /// An argument that the operation does not have.
    package static let argumentIsKnown = Behaviour(
        "argument-known", .inferred, status: 400, "ServerPilot rejects an unknown argument.",
        otherwise: .isAccepted)
    /// A body that repeats the id of its path.
    package static let pathIDMayBeRepeated = Behaviour(
        "path-id-in-body", .production,
        "A body may repeat the id in the path. ServerPilot rejects a different id.",
        settings: .oneOf(("accepted", .holds), ("refused", .isRefused(status: 400))))
    /// A word that the document does not list.
    package static let wordIsListed = Behaviour(
        "argument-listed", .inferred, status: 400, "ServerPilot rejects a plan that its document does not list.",
        otherwise: .isAccepted)
    /// `null` for an optional argument.
    package static let nullIsRefused = Behaviour(
        "argument-null", .inferred, status: 400, "ServerPilot rejects null for an optional argument.",
        settings: .oneOf(("refused", .holds), ("left-out", .happens("null counts as left out"))))
    /// An empty `wordpress` object, the form in which PHP clients send an empty list of options.
    package static let emptyWordPress = Behaviour(
        "wordpress-empty", .production, "wordpress: {} installs no WordPress.",
        settings: .oneOf(("none", .holds), ("refused", .isRefused(status: 400))))
    /// `domains` as an object with numbers as names, which PHP writes for a list without its first element.
    package static let domainsAreNoObject = Behaviour(
        "domains-object", .inferred, status: 400,
        "ServerPilot rejects domains as an object, even if its names are "
            + "numbers.",
        settings: .oneOf(("refused", .holds), ("values", .happens("the values of a numbered object are the domains"))))
    /// A missing `cacerts`.
    package static let chainIsGiven = Behaviour(
        "cacerts-given", .documented, status: 400, "cacerts is required; null means no chain.", otherwise: .isAccepted)
    /// An empty string as `cacerts`.
    package static let emptyChain = Behaviour(
        "cacerts-empty", .production, "An empty string as cacerts means no chain, like null.",
        settings: .oneOf(("none", .holds), ("refused", .isRefused(status: 400))))
    /// The string `null` as `cacerts`.
    package static let nullWordIsNoChain = Behaviour(
        "cacerts-word-null", .inferred, status: 400, "ServerPilot rejects the string \"null\" as cacerts.",
        settings: .oneOf(("refused", .holds), ("none", .happens("it means no chain"))))
    /// The unit in which lengths of passwords and names are counted.
    package static let lengthUnit = Behaviour(
        "length-unit", .inferred, "The length of a password or name is counted in characters: Unicode code points.",
        settings: .oneOf(
            ("characters", .holds), ("bytes", .happens("in bytes of UTF-8")), ("utf16", .happens("in UTF-16 units"))))
    /// The value `false` for `auto`.
    package static let autoIsTrue = Behaviour(
        "auto-false", .inferred, status: 400, "ServerPilot rejects auto: false; DELETE turns AutoSSL off.",
        settings: .oneOf(("refused", .holds), ("removes", .happens("it does what DELETE does"))))
    /// A change without any value to change.
    package static let somethingIsGiven = Behaviour(
        "argument-some-given", .inferred, status: 400, "ServerPilot rejects a change without arguments.",
        otherwise: .isAccepted)
    /// The number of problems that a refusal reports.
    package static let oneProblemAtATime = Behaviour(
        "one-problem-at-a-time", .live, "If arguments have several problems, the error names only the first.")

    static let arguments = [
        pathBeforeArguments, argumentIsGiven, argumentHasType, argumentIsKnown, pathIDMayBeRepeated, wordIsListed,
        nullIsRefused, emptyWordPress, domainsAreNoObject, chainIsGiven, emptyChain, nullWordIsNoChain, lengthUnit,
        autoIsTrue, somethingIsGiven, oneProblemAtATime,
    ]
}
