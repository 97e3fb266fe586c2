internal import ArgumentParser
internal import LuaHost
internal import RecipeEngine

/// Options for what a recipe may compute and hold, also while it is planned.
struct ComputingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Limit the CPU time of the recipe.", valueName: "seconds"))
    var maxCpu: Double?

    @Option(help: ArgumentHelp("Limit the memory of the recipe and its values.", valueName: "MiB"))
    var maxMemory: Int?

    @Flag(help: "Run others' recipes even with incomplete isolation.")
    var unsafe = false

    func validate() throws {
        if let maxCpu, !(0.01...3600).contains(maxCpu) {
            throw ValidationError("--max-cpu must be from 0.01 to 3600 seconds, not \(maxCpu)")
        }
        if let maxMemory, !(1...65536).contains(maxMemory) {
            throw ValidationError("--max-memory must be from 1 to 65536 MiB, not \(maxMemory)")
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
