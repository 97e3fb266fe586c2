internal import Groundwork
internal import ServerPilot
internal import ServerPilotClient
internal import ServerPilotSimulator
internal import SystemPackage

/// The initial account of a simulator: stored, described in a file, copied from a real account, or the demo account.
struct SimulationBeginning {
    let account: AccountOptions
    let rules: RuleOptions
    let workspace: Workspace
    let reporter: any RunReporter

    /// Returns the account to serve, with its credentials.
    ///
    /// Without a store or with a new store, nothing is `stored`. Without `credentials`, it generates them. Ids and keys
    /// come from the seed, by default from a random seed.
    ///
    /// - Throws: `CommandFailure`, `ServerPilotError`.
    func state(
        after stored: StoredAccount?, in held: HeldStore?, credentials: AccountCredentials?, at now: Timestamp,
        seed: UInt64?
    ) async throws -> StoredAccount {
        if var stored {
            guard account.seedAccount == nil, !account.copy else {
                let option = account.copy ? "--copy" : "--seed-account"
                throw CommandFailure(
                    "invalid_setting",
                    "\(option) starts a new account, but the store '\(held?.path.string ?? "")' has one",
                    hint: "omit \(option), or name a new file")
            }
            if seed != nil { reporter.warn("--seed has no effect: the store already has an account") }
            stored.state.account.settings = try rules.settings(stored.state.account.settings)
            stored.credentials = credentials ?? stored.credentials
            return stored
        }
        var random = SeededRandom(seed: seed ?? UInt64.random(in: .min ... .max))
        let credentials = credentials ?? AccountCredentials(random: &random)
        let settings = try rules.settings(AccountSettings())
        let account = try await newAccount(at: now, random: &random, settings)
        return StoredAccount(
            state: SimulatorState(account: account, now: now, random: random), credentials: credentials)
    }

    private func newAccount(
        at now: Timestamp, random: inout SeededRandom, _ settings: AccountSettings
    ) async throws -> Account {
        if let seed = account.seedAccount {
            return try await SeedAccountFile(path: FilePath(seed)).account(at: now, random: &random, settings)
        }
        guard account.copy else { return .demo(at: now, random: &random, settings: settings) }
        let copied = try await copy().account(at: now, random: &random, settings: settings)
        let made = copied.account
        reporter.note(
            "copied \(made.servers.count) servers, \(made.sysusers.count) system users, \(made.apps.count) apps, "
                + "\(made.databases.count) databases, \(made.sshkeys.count) SSH keys")
        if copied.leftOut > 0 {
            reporter.warn("left out \(copied.leftOut) resources, because the account changed during the copy")
        }
        return made
    }

    /// Reads the account of the user's usual credentials, using only GET requests.
    private func copy() async throws -> AccountCopy {
        try await Target.live(account.connection, workspace, reporter).using { target in
            try await AccountCopy.read(from: target.transport, progress: tell)
        }
    }

    /// Prints a line per hundred requests, because a large account takes minutes.
    private func tell(_ progress: AccountCopy.Progress) {
        guard progress.done % 100 == 0, progress.all > 5 else { return }
        reporter.note("read \(progress.done) of \(progress.all)")
    }
}
