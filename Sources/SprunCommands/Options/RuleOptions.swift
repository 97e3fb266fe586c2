internal import ArgumentParser
internal import Groundwork
internal import LuaHost
internal import ServerPilot
internal import ServerPilotSimulator

/// Options for API rules of a simulation that are not confirmed for ServerPilot.
struct RuleOptions: ParsableArguments {
    @Flag(help: "Print all rules with their evidence, then exit.")
    var rules = false

    @Option(
        name: .customLong("rule"),
        help: ArgumentHelp("Change an uncertain rule: app-name-unique=off.", valueName: "rule=setting"))
    var switches: [String] = []

    @Option(
        name: .customLong("autossl-delay"),
        help: ArgumentHelp("Delay AutoSSL after a domain is added to an app.", valueName: "time"))
    var autoSSLDelay: String?

    func validate() throws { _ = try settings(AccountSettings()) }

    /// Applies the options to account settings.
    ///
    /// - Throws: `ValidationError` for a rule that does not exist or cannot be switched, and for an invalid time.
    func settings(_ settings: AccountSettings) throws -> AccountSettings {
        var settings = settings
        for text in switches {
            let words = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard words.count == 2, !words[1].isEmpty else {
                throw ValidationError("--rule '\(text)': write it as app-name-unique=off")
            }
            do throws(RuleChoiceError) {
                try settings.rules.set(words[0], to: words[1])
            } catch {
                let known = RuleEntry.all.filter { $0.toggle != nil }.map(\.id)
                let nearest = error.evidence == nil ? known.nearest(to: words[0]) : nil
                throw ValidationError("--rule \(error)" + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
            }
        }
        if let autoSSLDelay {
            guard let delay = Duration(text: autoSSLDelay) else {
                throw ValidationError("--autossl-delay '\(autoSSLDelay)': write it as 90s, 5m or 2h")
            }
            settings.autoSSLDelay = delay
        }
        return settings
    }
}
