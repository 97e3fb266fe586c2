internal import ArgumentParser
internal import ServerPilot
internal import ServerPilotSimulator
internal import SystemPackage

/// Which account a simulator serves, and where it is kept.
struct AccountOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Keep the account in this SQLite file; in memory if nothing is said.", valueName: "file"))
    var store: String?

    @Option(
        help: ArgumentHelp("Begin with this account: JSON, or a .lua file that returns a table.", valueName: "file"))
    var seedAccount: String?

    /// A new account: the one that was asked for, or the one that people try things on.
    ///
    /// - Throws: `CommandFailure`: `unreadable_file`, `invalid_seed`.
    func newAccount(at now: Timestamp, random: inout SeededRandom) async throws -> Account {
        guard let seedAccount else { return .demo(at: now, random: &random) }
        return try await SeedAccountFile(path: FilePath(seedAccount)).account(at: now, random: &random)
    }

    /// The store; `nil` where the account is kept in memory.
    ///
    /// - Throws: `CommandFailure`: `account_held`, `invalid_store`.
    func openStore() throws -> HeldStore? {
        try store.map { try HeldStore(path: FilePath($0)) }
    }
}
