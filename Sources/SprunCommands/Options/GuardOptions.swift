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

    /// The permissions of the run.
    var permissions: RunPermissions {
        var limits = computing.limits
        limits.creations = maxCreate
        limits.deletions = maxDelete
        return RunPermissions(confirmsAll: yes, limits: limits, allowsUnsafe: computing.unsafe)
    }
}
