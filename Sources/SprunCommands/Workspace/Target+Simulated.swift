internal import Groundwork
internal import ServerPilotClient
internal import ServerPilotSimulator
internal import SystemPackage

extension Target {
    /// Returns the simulated account in the user's state folder, or a new one that is not kept; its clock skips ahead
    /// while all tasks wait.
    ///
    /// - Throws: `CommandFailure`.
    static func simulated(
        _ workspace: Workspace, _ options: FreshAccountOptions = FreshAccountOptions(), rate: Double? = nil
    ) async throws -> Target {
        let file = options.isNew ? nil : try SimulatedAccountFile(in: try workspace.paths)
        let kept = try file?.read()
        let state = if let kept { kept } else { try await SimulatorState.new(options, at: SystemClock().now) }
        let clock = VirtualClock(now: state.now)
        // No other process reaches this account, so its credentials do not matter.
        let credentials = AccountCredentials(clientID: "simulated", apiKey: Secret("simulated"))
        let serverPilot = SimulatedServerPilot(
            state: state, time: clock, credentials: credentials,
            faults: try options.faults.state(random: state.random))
        // Retries, as on a real account: faults are there to be survived.
        let transport = RetryingTransport(serverPilot.transport, time: clock, rate: rate)
        return Target(
            account: .simulated, transport: transport, time: clock,
            outside: Outside(
                names: SimulatedNames(transport: serverPilot.transport), connects: serverPilot.connect),
            retries: { transport.counts.retries }, close: { try file?.write(serverPilot.state, over: kept) })
    }
}

extension SimulatorState {
    /// Creates the account of a file, or the demo account: two servers, a system user, two sites.
    fileprivate static func new(_ options: FreshAccountOptions, at now: Timestamp) async throws -> SimulatorState {
        var random = SeededRandom(seed: options.seed ?? UInt64(bitPattern: now.epochSeconds))
        let account =
            if let seed = options.seedAccount {
                try await SeedAccountFile(path: FilePath(seed)).account(at: now, random: &random, AccountSettings())
            } else {
                Account.demo(at: now, random: &random)
            }
        return SimulatorState(account: account, now: now, random: random)
    }
}
