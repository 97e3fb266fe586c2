internal import ArgumentParser
internal import RecipeEngine

/// Options for the limits and the confirmation of a run.
struct GuardOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Answer yes to all questions.")
    var yes = false

    @Option(help: ArgumentHelp("Stop before creating more than n resources.", valueName: "n"))
    var maxCreate: Int?

    @Option(help: ArgumentHelp("Stop before deleting more than n, dependents included.", valueName: "n"))
    var maxDelete: Int?

    @OptionGroup(visibility: .hidden) var computing: ComputingOptions

    func validate() throws {
        for (name, value) in [("--max-create", maxCreate), ("--max-delete", maxDelete)] {
            if let value, value < 0 { throw ValidationError("\(name) must be 0 or more, not \(value)") }
        }
    }

    /// Returns the permissions of a run in the folder.
    ///
    /// - Throws: `CommandFailure` if `sprun.toml` cannot be used.
    func permissions(in workspace: Workspace) throws -> RunPermissions {
        let project = try ProjectSettings(in: workspace.environment.folder)
        var limits = computing.limits
        limits.creations = maxCreate ?? project.maxCreate
        limits.deletions = maxDelete ?? project.maxDelete
        return RunPermissions(confirmsAll: yes, limits: limits, allowsUnsafe: computing.unsafe)
    }
}
