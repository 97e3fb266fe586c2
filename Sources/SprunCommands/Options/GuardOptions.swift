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

    @Option(help: ArgumentHelp("CPU seconds that it may compute.", valueName: "seconds"))
    var maxCpu: Double?

    @Option(help: ArgumentHelp("Memory that Lua may hold.", valueName: "MiB"))
    var maxMemory: Int?

    func validate() throws {
        if let maxCpu, !(0.01...3600).contains(maxCpu) {
            throw ValidationError("--max-cpu must be from 0.01 to 3600 seconds, and is \(maxCpu)")
        }
        if let maxMemory, !(1...65536).contains(maxMemory) {
            throw ValidationError("--max-memory must be from 1 to 65536 MiB, and is \(maxMemory)")
        }
        for (name, value) in [("--max-create", maxCreate), ("--max-delete", maxDelete)] {
            if let value, value < 0 { throw ValidationError("\(name) must be 0 or more, and is \(value)") }
        }
    }

    /// The limits of a run; options that are not given keep their defaults.
    var limits: RunLimits {
        var limits = RunLimits()
        limits.creations = maxCreate
        limits.deletions = maxDelete
        if let maxCpu {
            limits.lua.slice = .seconds(maxCpu)
            limits.lua.total = .seconds(maxCpu)
        }
        if let maxMemory { limits.lua.memory = maxMemory << 20 }
        return limits
    }
}
