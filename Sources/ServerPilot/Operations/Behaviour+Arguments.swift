/// Rules about the arguments of a call.
extension Behaviour {
    /// The order in which path and arguments are checked.
    public static let pathBeforeArguments = Behaviour(
        "path-before-arguments", .inferred, "The thing in the path is looked for before the arguments.",
        otherwise: .happens("the arguments come first"))
    /// A required argument that is missing.
    public static let argumentIsGiven = Behaviour(
        "argument-given", .documented, status: 400, "A call without an argument that it needs is refused.")
    /// An argument of the wrong type.
    public static let argumentHasType = Behaviour(
        "argument-type", .live, status: 400, "An argument of a wrong type is refused by name.")
    /// An argument that the operation does not have.
    public static let argumentIsKnown = Behaviour(
        "argument-known", .inferred, status: 400, "An argument that the operation does not have is refused.",
        otherwise: .isAccepted)
    /// A body that repeats the id of its path.
    public static let pathIDMayBeRepeated = Behaviour(
        "path-id-in-body", .production,
        "A body may repeat the id of its path; a body that names another id is refused.",
        settings: .oneOf(("accepted", .holds), ("refused", .isRefused(status: 400))))
    /// A word that the document does not list.
    public static let wordIsListed = Behaviour(
        "argument-listed", .inferred, status: 400, "A plan that the document does not list is refused.",
        otherwise: .isAccepted)
    /// `null` for an optional argument.
    public static let nullIsRefused = Behaviour(
        "argument-null", .inferred, status: 400, "null for an argument that may be left out is refused.",
        settings: .oneOf(("refused", .holds), ("left-out", .happens("null counts as left out"))))
    /// An empty `wordpress` object, the form in which PHP clients send an empty list of options.
    public static let emptyWordPress = Behaviour(
        "wordpress-empty", .production, "wordpress: {} counts as no WordPress.",
        settings: .oneOf(("none", .holds), ("refused", .isRefused(status: 400))))
    /// `domains` as an object with numbers as names, which PHP writes for a list without its first element.
    public static let domainsAreNoObject = Behaviour(
        "domains-object", .inferred, status: 400, "domains as an object is refused, also with numbers as names.",
        settings: .oneOf(("refused", .holds), ("values", .happens("the values of a numbered object are the domains"))))
    /// A missing `cacerts`.
    public static let chainIsGiven = Behaviour(
        "cacerts-given", .documented, status: 400, "cacerts is required; null stands for none.", otherwise: .isAccepted)
    /// An empty string as `cacerts`.
    public static let emptyChain = Behaviour(
        "cacerts-empty", .production, "An empty string as cacerts stands for none, like null.",
        settings: .oneOf(("none", .holds), ("refused", .isRefused(status: 400))))
    /// The string `null` as `cacerts`.
    public static let nullWordIsNoChain = Behaviour(
        "cacerts-word-null", .inferred, status: 400, "The string \"null\" as cacerts is refused.",
        settings: .oneOf(("refused", .holds), ("none", .happens("it stands for none"))))
    /// The unit in which lengths of passwords and names are counted.
    public static let lengthUnit = Behaviour(
        "length-unit", .inferred, "The length of a password or name is counted in characters: Unicode code points.",
        settings: .oneOf(
            ("characters", .holds), ("bytes", .happens("in bytes of UTF-8")), ("utf16", .happens("in UTF-16 units"))))
    /// The value `false` for `auto`.
    public static let autoIsTrue = Behaviour(
        "auto-false", .inferred, status: 400, "auto: false is refused; DELETE turns AutoSSL off.",
        settings: .oneOf(("refused", .holds), ("removes", .happens("it does what DELETE does"))))
    /// A change without any value to change.
    public static let somethingIsGiven = Behaviour(
        "argument-some-given", .inferred, status: 400, "A change that changes nothing is refused.",
        otherwise: .isAccepted)
    /// The number of problems that a refusal reports.
    public static let oneProblemAtATime = Behaviour(
        "one-problem-at-a-time", .live, "Of several problems with the arguments the first is told.")

    static let arguments = [
        pathBeforeArguments, argumentIsGiven, argumentHasType, argumentIsKnown, pathIDMayBeRepeated, wordIsListed,
        nullIsRefused, emptyWordPress, domainsAreNoObject, chainIsGiven, emptyChain, nullWordIsNoChain, lengthUnit,
        autoIsTrue, somethingIsGiven, oneProblemAtATime,
    ]
}
