internal import ArgumentParser
internal import ServerPilotSimulator
internal import SystemPackage

/// Options for the account that a simulator serves.
struct AccountOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Keep the account in this SQLite file.", valueName: "file"))
    var store: String?

    @Option(help: ArgumentHelp("Start with this account, in JSON or Lua.", valueName: "file"))
    var seedAccount: String?

    @Flag(help: "Start with a copy of your real account, read by GETs.")
    var copy = false

    @Flag(help: "Start the account of 'run --simulate' anew, then exit.")
    var reset = false

    // Used by `--copy`. Hidden, because other commands list these options too and this help page is full.
    @OptionGroup(visibility: .hidden) var connection: ConnectionOptions

    func validate() throws {
        guard !copy || seedAccount == nil else { throw ValidationError("use only one of --copy and --seed-account") }
    }

    /// Opens the store; `nil` if the account is kept in memory.
    ///
    /// - Throws: `CommandFailure`: `account_held`, `invalid_store`.
    func openStore() throws -> HeldStore? {
        try store.map { try HeldStore(path: FilePath($0)) }
    }
}
