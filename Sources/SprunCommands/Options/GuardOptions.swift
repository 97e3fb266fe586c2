internal import ArgumentParser
internal import RecipeEngine

/// What a run must not pass.
struct GuardOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Ask nothing: deletions and plans are confirmed.")
    var yes = false

    @Option(help: ArgumentHelp("Stop before creating more.", valueName: "n"))
    var maxCreate: Int?

    @Option(help: ArgumentHelp("Stop before deleting more.", valueName: "n"))
    var maxDelete: Int?

    func validate() throws {
        for (name, value) in [("--max-create", maxCreate), ("--max-delete", maxDelete)] {
            if let value, value < 0 { throw ValidationError("\(name) must be 0 or more, and is \(value)") }
        }
    }

    /// The limits of a run.
    var limits: RunLimits {
        var limits = RunLimits()
        limits.creations = maxCreate
        limits.deletions = maxDelete
        return limits
    }
}
