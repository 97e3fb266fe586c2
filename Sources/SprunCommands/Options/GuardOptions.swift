internal import ArgumentParser
internal import LuaHost
internal import RecipeEngine

/// Options for the limits and the confirmation of a run.
struct GuardOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Ask nothing: deletions and plans are confirmed.")
    var yes = false

    @Option(help: ArgumentHelp("Stop before creating more.", valueName: "n"))
    var maxCreate: Int?

    @Option(help: ArgumentHelp("Stop before deleting more, dependents included.", valueName: "n"))
    var maxDelete: Int?

    @OptionGroup var computing: ComputingOptions

    func validate() throws {
        for (name, value) in [("--max-create", maxCreate), ("--max-delete", maxDelete)] {
            if let value, value < 0 { throw ValidationError("\(name) must be 0 or more, and is \(value)") }
        }
    }

    /// The limits of a run; options that are not given keep their defaults.
    var limits: RunLimits {
        var limits = RunLimits()
        limits.creations = maxCreate
        limits.deletions = maxDelete
        if let cpu = computing.maxCpu {
            limits.lua.slice = .seconds(cpu)
            limits.lua.total = .seconds(cpu)
        }
        if let memory = computing.maxMemory { limits.lua.memory = memory << 20 }
        return limits
    }
}

/// Options for what a recipe may compute and hold, also while it is planned.
struct ComputingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("CPU seconds that the recipe may compute.", valueName: "seconds"))
    var maxCpu: Double?

    @Option(help: ArgumentHelp("Memory that the recipe and its values may take.", valueName: "MiB"))
    var maxMemory: Int?

    @Flag(help: "Run others' recipes even if a wall is missing.")
    var unsafe = false

    func validate() throws {
        if let maxCpu, !(0.01...3600).contains(maxCpu) {
            throw ValidationError("--max-cpu must be from 0.01 to 3600 seconds, and is \(maxCpu)")
        }
        if let maxMemory, !(1...65536).contains(maxMemory) {
            throw ValidationError("--max-memory must be from 1 to 65536 MiB, and is \(maxMemory)")
        }
    }
}
