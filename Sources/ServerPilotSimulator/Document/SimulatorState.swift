public import ServerPilot

/// All that a simulation has to remember between two runs of the program.
public struct SimulatorState: Hashable, Sendable {
    /// The account.
    public var account: Account
    /// The time at which it stands, where a virtual clock goes on.
    public var now: Timestamp
    /// Where ids, keys and durations go on.
    public var random: SeededRandom

    /// A state.
    public init(account: Account, now: Timestamp, random: SeededRandom) {
        self.account = account
        self.now = now
        self.random = random
    }
}
