internal import ServerPilotClient
internal import ServerPilotSimulator

/// `sprun simulate --reset`: replaces the account of `sprun run --simulate`.
struct SimulatedAccountReset {
    let account: AccountOptions
    let rules: RuleOptions
    /// The number that ids, keys and durations come from; `nil` for a random one.
    let seed: UInt64?

    /// Replaces the account, unless a run holds it.
    ///
    /// - Returns: The exit status.
    /// - Throws: `CommandFailure`, `ServerPilotError`.
    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        guard account.store == nil else {
            throw CommandFailure(
                "usage", "--reset replaces the account of sprun run --simulate, not a store",
                hint: "delete the file of --store to begin again with a new one")
        }
        let paths = try workspace.paths
        let file = try SimulatedAccountFile(in: paths)
        let beginning = SimulationBeginning(account: account, rules: rules, workspace: workspace, reporter: reporter)
        let state = try await beginning.state(
            after: nil, in: nil, credentials: nil, at: SystemClock().now, seed: seed
        ).state
        try file.write(state)
        let made = state.account
        reporter.note(
            "new simulated account in \(paths.simulatedAccount): \(made.servers.count) servers, \(made.apps.count) apps"
        )
        return .done
    }
}
