/// What a store holds: the account, and the credentials that its clients know.
public struct StoredAccount: Hashable, Sendable {
    /// Account, time and random numbers.
    public var state: SimulatorState
    /// What requests have to carry, so that a client goes on with the credentials that it has.
    public var credentials: AccountCredentials

    /// An account to be stored.
    public init(state: SimulatorState, credentials: AccountCredentials) {
        self.state = state
        self.credentials = credentials
    }
}
