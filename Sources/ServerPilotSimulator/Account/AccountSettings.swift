/// What a simulated account does where ServerPilot leaves it to circumstances.
public struct AccountSettings: Hashable, Sendable {
    /// How long after a domain was given to an app AutoSSL becomes available for it.
    ///
    /// At ServerPilot it takes until DNS points at the server, which can be hours (production). Five minutes are long
    /// enough that a recipe that does not wait fails, and short enough for a waiter with a limit of ten.
    public var autoSSLDelay: Duration
    /// The runtimes that a new server offers, the newest last.
    public var runtimes: [String]

    /// How many actions an account may hold before those that ended long ago are forgotten.
    ///
    /// So one that is used for years stays small; whether ServerPilot forgets any is not known.
    public var rememberedActions: Int

    /// Which of the rules that may be wrong are kept.
    public var rules: RuleChoices

    /// Whether the account began as a copy of a real one, which is not for everybody's eyes.
    public var isCopy = false

    /// Settings; what is not given is as on a server of today.
    public init(
        autoSSLDelay: Duration = .seconds(300), runtimes: [String] = AccountSettings.runtimesInTheField,
        rememberedActions: Int = 100_000, rules: RuleChoices = RuleChoices()
    ) {
        self.autoSSLDelay = autoSSLDelay
        self.runtimes = runtimes
        self.rememberedActions = rememberedActions
        self.rules = rules
    }

    /// The runtimes of a server as seen in the field, the newest last.
    public static let runtimesInTheField = [
        "php5.6", "php7.0", "php7.1", "php7.2", "php7.3", "php7.4", "php8.0", "php8.1", "php8.2", "php8.3", "php8.4",
    ]
}
