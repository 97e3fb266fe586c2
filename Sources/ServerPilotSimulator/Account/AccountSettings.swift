/// How a simulated account behaves where ServerPilot's behavior depends on circumstances.
///
/// ```swift
/// var settings = AccountSettings(autoSSLDelay: .seconds(3600), runtimes: ["php8.3", "php8.4"])
/// try settings.rules.set("app-name-unique", on: false)
/// let account = Account(settings: settings)
/// ```
public struct AccountSettings: Hashable, Sendable {
    /// The delay between adding a domain to an app and AutoSSL becoming available for it; five minutes by default.
    ///
    /// ServerPilot waits until DNS points at the server, which can take hours (production). Five minutes are long
    /// enough that a recipe that does not wait fails, and short enough for a wait limited to ten minutes.
    public var autoSSLDelay: Duration
    /// The runtimes that a new server offers, the newest last; `runtimesInTheField` by default.
    public var runtimes: [String]

    /// The number of actions above which the account forgets those that ended over a day ago; 100,000 by default.
    ///
    /// The limit keeps an account small after years of use. Whether ServerPilot forgets actions is unknown.
    public var rememberedActions: Int

    /// The settings of the rules that may be wrong.
    public var rules: RuleChoices

    /// Whether the account began as a copy of a real account; the page of a copy always asks for credentials.
    public var isCopy = false

    /// Creates settings; the defaults match a server of today.
    public init(
        autoSSLDelay: Duration = .seconds(300), runtimes: [String] = AccountSettings.runtimesInTheField,
        rememberedActions: Int = 100_000, rules: RuleChoices = RuleChoices()
    ) {
        self.autoSSLDelay = autoSSLDelay
        self.runtimes = runtimes
        self.rememberedActions = rememberedActions
        self.rules = rules
    }

    /// The runtimes of a real server, the newest last.
    public static let runtimesInTheField = [
        "php5.6", "php7.0", "php7.1", "php7.2", "php7.3", "php7.4", "php8.0", "php8.1", "php8.2", "php8.3", "php8.4",
    ]
}
