internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage
internal import RecipePlanner

/// A maker of plans for recipes on an account.
struct PlanMaker {
    let context: RecipeContext
    let target: Target

    /// Makes a plan.
    ///
    /// - Parameters:
    ///   - recipe: The recipe.
    ///   - journal: The journal whose key encrypts the plan's file; without it, the plan cannot be kept.
    ///   - showsOutput: Whether the recipe's own output is shown.
    /// - Returns: The plan.
    /// - Throws: `CommandFailure`; `RecipeFailure`.
    func make(
        _ recipe: RecipeArguments, keptWith journal: Journal? = nil, showsOutput: Bool = true
    ) async throws -> RecipePlanner.Planned {
        var surroundings = try context.surroundings(of: recipe, on: target)
        surroundings.failedWork = await failedWork(journal)
        let planner = RecipePlanner(
            transport: target.transport, now: target.time.now, seed: Self.seed(recipe),
            limits: context.permissions.limits, random: SystemRandom.next, surroundings: surroundings,
            redactor: target.redactor,
            events: { [reporter = context.reporter] event in
                if showsOutput { reporter.showPlanned(event) }
            })
        let store = journal?.store
        let header = Plan.Header(
            recipe: recipe.source.name, recipeDigest: store?.digest(recipe.source.text) ?? "",
            parameters: recipe.sortedParameters, account: store.map(target.account.key) ?? "",
            accountName: target.account.name, seed: 0, lua: LuaHost.luaVersion, program: Version.number,
            made: target.time.now)
        context.reporter.planning(recipe.source.name)
        defer { context.reporter.clear() }
        return try await planner.plan(recipe.source, header: header)
    }

    /// Makes a plan, shows it and asks for confirmation.
    ///
    /// - Throws: `CommandFailure`, including `declined` and `unconfirmed`; `RecipeFailure`.
    func confirmed(_ recipe: RecipeArguments) async throws -> Plan {
        let planned = try await make(recipe)
        show(planned.plan, redactedBy: planned.redactor)
        if planned.plan.canHaveChanges { try context.confirm("Apply this plan?", "the plan") }
        return planned.plan
    }

    /// Shows a plan on standard error before a question; not if `--quiet` is given and the question is answered.
    func show(_ plan: Plan, redactedBy redactor: Redactor) {
        guard !context.reporter.isQuiet || !context.permissions.confirmsAll else { return }
        let page = context.reporter.console.errorPage
        for line in PlanText(plan, redactedBy: redactor, on: page).lines { context.reporter.note(line) }
    }

    /// Returns the work that earlier runs left unfinished; empty without a journal, which a plan does not need.
    private func failedWork(_ journal: Journal?) async -> [FailedWork] {
        guard !target.isSimulated, let journal = try? journal ?? context.workspace.journalIfExists() else { return [] }
        return (try? await journal.failedWork(on: target.account.key(in: journal.store))) ?? []
    }

    /// Returns the same seed for the same recipe and parameters, so that their plans are equal.
    private static func seed(_ recipe: RecipeArguments) -> UInt64 {
        (recipe.source.text + recipe.sortedParameters.flatMap { "\($0.key)=\($0.value)\n".utf8 }).stableHash
    }

    // MARK: Stale plans

    /// Throws if the account no longer matches the plan, apart from the changes in the run's record so far.
    ///
    /// - Throws: `CommandFailure`, `stale_plan`; `ServerPilotError`.
    func refuseStale(_ plan: Plan, of recipe: RecipeArguments, after record: [JournalEntry] = []) async throws {
        let planner = RecipePlanner(
            transport: target.transport, now: target.time.now, seed: plan.header.seed, random: SystemRandom.next)
        let moved = try await planner.drift(of: plan, after: record)
        guard let first = moved.first else { return }
        for more in moved.dropFirst() { context.reporter.note("also: \(more.withoutControls)") }
        // A resumed run may have made changes earlier.
        let done =
            record.contains(where: \.isChange)
            ? "earlier changes of the run stay; restore the account and resume again, or" : "nothing was sent;"
        throw CommandFailure(
            "stale_plan", "the account has changed since \(plan.header.made.text): \(first)",
            hint: "\(done) make a new plan: \(await command(for: recipe))")
    }

    /// Returns the command that plans a recipe with the same arguments; it contains no secret.
    func command(for recipe: RecipeArguments) async -> String {
        // If the recipe can no longer be read, the arguments stay the same, and `sprun plan` reports the error.
        let header =
            if let known = recipe.header {
                known as RecipeHeader?
            } else {
                try? await RecipeEngine.describe(
                    recipe.source, surroundings: context.surroundings(of: recipe, on: target)
                ).header
            }
        var words = ["sprun", "plan"]
        if target.isSimulated { words.append("--simulate") }
        words.append(recipe.isEphemeral ? "-e CODE" : recipe.source.name.shellQuoted)
        for (name, value) in recipe.sortedParameters {
            switch header?.parameters.first(where: { $0.name == name })?.kind {
            case .secret: words.append("\(name)=@FILE")
            case .file: words.append("\(name)=FILE")
            // A value with a line break came from a file, or it cannot be pasted.
            case _ where value.contains { $0.isNewline }: words.append("\(name)=@FILE")
            default: words.append("\(name)=\(value)".shellQuoted)
            }
        }
        return words.joined(separator: " ")
    }
}
