/// The content of a store: the account and the credentials of its clients.
///
/// ```swift
/// func content(of simulation: SimulatedServerPilot) -> StoredAccount {
///     StoredAccount(state: simulation.state, credentials: simulation.credentials)
/// }
/// ```
public struct StoredAccount: Hashable, Sendable {
    /// The account, the time and the state of the random source.
    public var state: SimulatorState
    /// The credentials that requests must carry, stored so that clients keep working after a restart.
    public var credentials: AccountCredentials

    /// Creates the content of a store.
    public init(state: SimulatorState, credentials: AccountCredentials) {
        self.state = state
        self.credentials = credentials
    }
}
