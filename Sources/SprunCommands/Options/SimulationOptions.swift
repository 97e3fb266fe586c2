internal import ArgumentParser

/// Options for the simulated account of a run or a plan.
struct SimulationOptions: ParsableArguments {
    @Flag(help: "Use the simulated account.")
    var simulate = false

    @OptionGroup(visibility: .hidden) var fresh: FreshAccountOptions

    func validate() throws {
        guard simulate || !fresh.isGiven else {
            throw ValidationError("--seed-account, --seed, --fault and --faults need --simulate")
        }
    }

    /// Returns the simulated account or the user's account.
    func target(
        _ connection: ConnectionOptions, _ workspace: Workspace, _ reporter: any RunReporter
    ) async throws -> Target {
        simulate
            ? try await .simulated(workspace, fresh, rate: connection.rate)
            : try await .live(connection, workspace, reporter)
    }
}
