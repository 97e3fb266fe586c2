internal import ArgumentParser
internal import LuaHost
internal import RecipeEngine

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

    /// The limits of a run; options that are not given keep their defaults.
    var limits: RunLimits {
        var limits = RunLimits()
        if let maxCpu {
            limits.lua.slice = .seconds(maxCpu)
            limits.lua.total = .seconds(maxCpu)
        }
        if let maxMemory { limits.lua.memory = maxMemory << 20 }
        return limits
    }
}
