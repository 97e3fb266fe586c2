internal import Groundwork
internal import ServerPilotClient
internal import ServerPilotSimulator

extension Target {
    /// Returns the simulated account in the user's state folder; its clock skips ahead while all tasks wait.
    ///
    /// - Throws: `CommandFailure`.
    static func simulated(_ workspace: Workspace) throws -> Target {
        let file = try SimulatedAccountFile(try workspace.paths.simulatedAccount)
        let state = try file.read() ?? .demo(at: SystemClock().now)
        let clock = VirtualClock(now: state.now)
        // No other process reaches this account, so its credentials do not matter.
        let credentials = AccountCredentials(clientID: "simulated", apiKey: Secret("simulated"))
        let serverPilot = SimulatedServerPilot(state: state, time: clock, credentials: credentials)
        return Target(
            account: .simulated, transport: serverPilot.transport, time: clock,
            outside: Outside(
                names: SimulatedNames(transport: serverPilot.transport), connects: serverPilot.connect),
            close: { try file.write(serverPilot.state) })
    }
}

extension SimulatorState {
    /// Creates the demo account: two servers, a system user, two sites.
    fileprivate static func demo(at now: Timestamp) -> SimulatorState {
        var random = SeededRandom(seed: UInt64(bitPattern: now.epochSeconds))
        let account = Account.demo(at: now, random: &random)
        return SimulatorState(account: account, now: now, random: random)
    }
}
