public import Groundwork

/// The state that a simulation keeps between two runs of the program.
///
/// ```swift
/// func save(_ simulation: SimulatedServerPilot) -> [UInt8] { simulation.state.document.bytes }
///
/// func load(_ bytes: [UInt8], credentials: AccountCredentials) throws -> SimulatedServerPilot {
///     let state = try SimulatorState(document: JSONValue(bytes: bytes))
///     return SimulatedServerPilot(state: state, time: VirtualClock(now: state.now), credentials: credentials)
/// }
/// ```
public struct SimulatorState: Hashable, Sendable {
    /// The account.
    public var account: Account
    /// The time of the account, from which a virtual clock continues.
    public var now: Timestamp
    /// The source of ids, keys and durations, which continues from this state.
    public var random: SeededRandom

    /// Creates a state.
    public init(account: Account, now: Timestamp, random: SeededRandom) {
        self.account = account
        self.now = now
        self.random = random
    }
}
