internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage

/// An account that this process has locked, so that no other process changes it.
struct AccountHold: Sendable {
    let journal: Journal
    /// The key of the account in the journal.
    let account: String
    /// The account's name for people.
    let accountName: String
    /// The fencing epoch of the account when this process locked it.
    let epoch: Int64
    let lock: FileLock

    /// Throws if the run works on another account.
    ///
    /// - Throws: `CommandFailure`: `other_account`.
    func check(_ header: RunHeader) throws {
        guard account == header.account else {
            throw CommandFailure(
                "other_account", "run \(header.id) belongs to \(header.accountName), not to \(accountName)",
                hint: "use the credentials and the endpoint of that account")
        }
    }

    /// Takes the account over from earlier owners, to write now.
    ///
    /// - Returns: The raised epoch, for writing entries.
    /// - Throws: `JournalError`.
    func takeOver() async throws -> Int64 { try await journal.store.takeOver(account) }

    /// Records that a run is being undone, so that it is never resumed.
    ///
    /// The caller does this before the first deletion, so that no run continues with the remains of a half-done undo.
    /// The undo is a run itself, and can be resumed if it was interrupted.
    ///
    /// - Parameters:
    ///   - header: The header of the run.
    ///   - undo: The run that undoes it, which is recorded first; `nil` if it is not recorded.
    ///   - now: The time.
    /// - Throws: `JournalError`.
    func markUndone(_ header: RunHeader, by undo: JournaledRun? = nil, at now: Timestamp) async throws {
        try await undo?.begin()
        let epoch = if let epoch = undo?.epoch { epoch } else { try await takeOver() }
        try await journal.store.append([.undone(at: now)], to: header.id, epoch: epoch)
    }

    /// Returns a new run, which must follow the plan if there is one, also when it is resumed.
    ///
    /// - Parameters:
    ///   - recipe: The recipe with its parameters.
    ///   - now: The time.
    ///   - plan: The plan.
    ///   - onRecord: Called when the journal contains the run, right before its first change is sent.
    /// - Returns: The run; the journal contains it from its first change on.
    func begin(
        _ recipe: RecipeArguments, at now: Timestamp, plan: Plan? = nil,
        onRecord: @escaping @Sendable (RunID) -> Void = { _ in }
    ) -> JournaledRun {
        let store = journal.store
        let header = RunHeader(
            id: RunID(random: SystemRandom.next), recipe: recipe.source.name,
            recipeDigest: store.digest(recipe.source.text), parameters: recipe.sortedParameters,
            secretParameters: recipe.secretParameters, account: account,
            accountName: accountName, seed: plan?.header.seed ?? SystemRandom.next(), lua: LuaHost.luaVersion,
            program: Version.number, started: now)
        var entries: [JournalEntry] = []
        // A resumed run could not read this text anywhere else.
        if recipe.isEphemeral { entries.append(.recipe(recipe.source.text, at: now)) }
        if let plan { entries.append(.plan(plan, at: now)) }
        return JournaledRun(new: header, in: store, after: epoch, with: entries) { onRecord(header.id) }
    }
}
