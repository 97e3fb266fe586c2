internal import Groundwork
internal import RecipeEngine
internal import ServerPilot

/// An account that can be reached, with everything that is real for a real account only.
struct Target: Sendable {
    /// The services besides the account.
    struct Outside: Sendable {
        /// The resolver of host names.
        let names: any NameLookup
        /// The client for other HTTP APIs; `nil` to use the replies that the recipe declares.
        var web: (any WebClient)?
        /// Connects a server of a simulated account; `nil` for a real account.
        var connects: (@Sendable (ServerID) -> Void)?
    }

    /// The account.
    let account: AccountIdentity
    /// The transport to the account.
    let transport: any Transport
    /// The clock.
    let time: any TimeSource
    let outside: Outside
    /// Removes the account's API key from texts.
    var redactor = Redactor()
    /// Returns the number of repeated requests so far.
    var retries: @Sendable () -> Int = { 0 }
    /// Called once after the use.
    let close: @Sendable () async throws -> Void

    /// Whether nothing leaves this machine.
    var isSimulated: Bool { if case .simulated = account { true } else { false } }

    /// Uses the account, and closes it whatever the outcome.
    func using<Value>(_ body: (Target) async throws -> Value) async throws -> Value {
        let value: Value
        do {
            value = try await body(self)
        } catch {
            try? await close()
            throw error
        }
        try await close()
        return value
    }
}
