internal import ArgumentParser

/// Options for a simulated account that a single run uses, with the same meaning as in `sprun simulate`.
struct FreshAccountOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Use a new account from this file, in JSON or Lua, and keep nothing.", valueName: "file"),
        completion: .file(extensions: ["json", "lua"]))
    var seedAccount: String?

    @Option(help: ArgumentHelp("Use a new account, generated from this number, and keep nothing.", valueName: "number"))
    var seed: UInt64?

    @OptionGroup var faults: FaultPlanOptions

    /// Whether any of these options is given.
    var isGiven: Bool { isNew || faults.isGiven }

    /// Whether the run uses a new account, which is not kept.
    var isNew: Bool { seedAccount != nil || seed != nil }
}
