internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage
internal import RecipePlanner
internal import RunJournal
internal import ServerPilot
internal import ServerPilotClient

/// The commands on plans: make, show, confirm, apply and undo.
extension RecipeSession {
    /// Makes and shows a plan, and writes it to `file` if that is not `nil`.
    func plan(
        _ recipe: RecipeArguments, to file: String?, tellsChanges: Bool, _ paths: Paths
    ) async throws -> ExitStatus {
        let target = try await target(paths)
        let planned: RecipePlanner.Planned
        do {
            let store = try file.map { _ in try JournalFile(paths).open() }
            planned = try await make(recipe, on: target, store)
            if let file, let store { try PlanFile(planned.plan, recipe).write(file, store) }
        } catch {
            try? await target.close()
            throw error
        }
        try await target.close()
        if settings.output.json {
            console.output.line(PlanJSON(planned.plan, redactedBy: planned.redactor).value.text())
        } else {
            for line in PlanText(planned.plan, redactedBy: planned.redactor, console.outputStyle, width: console.width)
                .lines
            {
                console.output.line(line)
            }
            let requests = planned.requests == 1 ? "1 request" : "\(planned.requests) requests"
            console.note(console.errorStyle.faint("\(requests), all of them GETs"))
            if let file { console.note("carry it out with: sprun apply \(file)") }
        }
        return tellsChanges && planned.plan.hasChanges ? .changes : .done
    }

    /// Makes a plan, shows it and asks for confirmation.
    ///
    /// - Throws: `CommandFailure`, including `declined` and `unconfirmed`; `RecipeFailure`.
    func confirmedPlan(_ recipe: RecipeArguments, on target: RunTarget) async throws -> Plan {
        let planned = try await make(recipe, on: target, nil)
        show(planned.plan, redactedBy: planned.redactor)
        if planned.plan.canHaveChanges { try confirm("Do this?", "the plan") }
        return planned.plan
    }

    /// Shows a plan on standard error before a question.
    private func show(_ plan: Plan, redactedBy redactor: Redactor) {
        for line in PlanText(plan, redactedBy: redactor, console.errorStyle, width: console.width).lines {
            console.note(line)
        }
    }

    private func make(
        _ recipe: RecipeArguments, on target: RunTarget, _ store: SQLiteRunStore?
    ) async throws -> RecipePlanner.Planned {
        let isJSON = settings.output.json
        var surroundings = try surroundings(of: recipe, on: target)
        surroundings.failedWork = await failedWork(on: target, store)
        let planner = RecipePlanner(
            transport: target.transport, now: target.time.now, seed: Self.seed(recipe), limits: settings.guards.limits,
            random: Self.random, surroundings: surroundings, redactor: target.redactor
        ) { [console] event in
            // The recipe's own output helps the reader of the plan, but must not mix with the plan on standard output.
            switch event {
            case .printed(let text), .logged(let text, _): if !isJSON { console.note(text.behind("  | ")) }
            case .warned(let text, let site): console.warn(text, at: site)
            default: break
            }
        }
        let header = Plan.Header(
            recipe: recipe.source.name, recipeDigest: store?.digest(recipe.source.text) ?? "",
            parameters: OrderedDictionary(
                recipe.parameters.sorted { $0.key < $1.key }, uniquingKeysWith: { first, _ in first }),
            account: store.map { account(target, $0) } ?? "",
            accountName: settings.simulate
                ? "the simulated account" : "\(target.clientID) at \(target.endpoint.shortName)",
            seed: 0, lua: LuaHost.luaVersion, program: Version.number, made: target.time.now)
        return try await planner.plan(recipe.source, header: header)
    }

    /// Returns the work that earlier runs left unfinished; empty without a journal, which a plan does not need.
    private func failedWork(on target: RunTarget, _ store: SQLiteRunStore?) async -> [FailedWork] {
        guard !settings.simulate, let file = try? JournalFile(Paths(environment)), file.exists,
            let store = try? store ?? file.open()
        else { return [] }
        return (try? await ResumedRun.failedWork(on: account(target, store), in: store)) ?? []
    }

    /// Returns the same seed for the same recipe and parameters, so that their plans are equal.
    private static func seed(_ recipe: RecipeArguments) -> UInt64 {
        let parameters = recipe.parameters.sorted { $0.key < $1.key }.flatMap { "\($0.key)=\($0.value)\n".utf8 }
        return (recipe.source.text + parameters).stableHash
    }

    private func account(_ target: RunTarget, _ store: SQLiteRunStore) -> String {
        settings.simulate ? "simulated" : HeldJournal.account(target.endpoint, target.clientID, store)
    }

    /// Applies a plan.
    func apply(_ file: String, _ paths: Paths) async throws -> ExitStatus {
        let store = try JournalFile(paths).open()
        let kept = try PlanFile(file, store)
        let plan = kept.plan
        let recipe = try RecipeArguments(
            name: plan.header.recipe, text: kept.text,
            parameters: Dictionary(uniqueKeysWithValues: plan.header.parameters.map { ($0.key, $0.value) }),
            in: try recipes(having: plan.header.recipe, paths))
        guard store.digest(recipe.source.text) == plan.header.recipeDigest else {
            throw CommandFailure(
                "recipe_changed", "the recipe '\(plan.header.recipe)' is not the one that was planned",
                hint: "make a new plan")
        }
        guard plan.header.lua == LuaHost.luaVersion, plan.header.program == Version.number else {
            throw CommandFailure(
                "recipe_changed", "the plan was made by sprun \(plan.header.program) with \(plan.header.lua)",
                hint: "make a new plan")
        }
        let target = try await target(paths)
        return try await closing(target) {
            guard account(target, store) == plan.header.account else {
                throw CommandFailure(
                    "other_account", "the plan is for \(plan.header.accountName)",
                    hint: "give the credentials and the endpoint of that account, or --simulate for the simulated one")
            }
            let held = settings.simulate ? nil : try await hold(target, store, paths)
            try await refuseStale(plan, of: recipe, on: target)
            if plan.count(.delete) + plan.countInBranches(.delete) > 0 {
                show(plan, redactedBy: target.redactor)
                try confirm("Do this?", "the plan's deletions")
            }
            let journaled = try await held?.begin(recipe, at: target.time.now, plan: plan, random: Self.random)
            return try await run(recipe, on: target, journaled, held, paths, plan: plan)
        }
    }

    /// Throws if the account no longer matches the plan, apart from the run's own changes.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - recipe: The recipe, for the command that makes a new plan.
    ///   - record: The journal entries of the run so far.
    ///   - target: The account.
    /// - Throws: `CommandFailure`, `stale_plan`; `ServerPilotError`.
    func refuseStale(
        _ plan: Plan, of recipe: RecipeArguments, after record: [JournalEntry] = [], on target: RunTarget
    ) async throws {
        let planner = RecipePlanner(
            transport: target.transport, now: target.time.now, seed: plan.header.seed, random: Self.random)
        let moved = try await planner.drift(of: plan, after: record)
        guard let first = moved.first else { return }
        for more in moved.dropFirst() { console.note("also: \(more.withoutControls)") }
        // A resumed run may have made changes earlier.
        let done =
            record.contains(where: \.isChange)
            ? "what the run did before stays; put the account back and resume again, or" : "nothing was sent;"
        throw CommandFailure(
            "stale_plan", "the account has moved on since \(plan.header.made.text): \(first)",
            hint: "\(done) make a new plan: \(await newPlan(of: recipe, on: target))")
    }

    /// Deletes the resources that a run created: plans the deletions, shows them, asks, and applies them.
    func undo(_ name: String, _ paths: Paths) async throws -> ExitStatus {
        let store = try JournalFile(paths).openExisting()
        let (overview, entries) = try await ResumedRun.recorded(name, in: store)
        let recipe = UndoRecipe(overview.header.id, entries)
        for line in recipe.kept { console.note("not taken back: \(line.withoutControls)") }
        let outside = entries.outsideChanges
        if !outside.isEmpty, let status = try await undo(outside, of: overview.header, entries, store, paths),
            status != .done
        {
            return status
        }
        guard !recipe.isEmpty else {
            let place = outside.isEmpty ? "" : " at ServerPilot"
            console.note("run \(overview.header.id) has made nothing\(place)")
            return .done
        }
        let written = RecipeArguments(
            written: "undo of \(overview.header.id)", text: recipe.text, in: try ProjectRecipes(paths, environment))
        let target = try await target(paths)
        return try await closing(target) {
            let held = try await hold(target, store, paths)
            try held.check(overview.header)
            let plan = try await confirmedPlan(written, on: target)
            let journaled = try await held.begin(written, at: target.time.now, plan: plan, random: Self.random)
            try await held.markUndone(overview.header, at: target.time.now)
            return try await run(written, on: target, journaled, held, paths, plan: plan)
        }
    }

    /// Undoes a run's changes outside of ServerPilot with the recipe's `undo`; without it, lists them as not undone.
    ///
    /// - Returns: The exit status; `nil` if the recipe has no usable `undo`.
    private func undo(
        _ changes: [OutsideChange], of header: RunHeader, _ entries: [JournalEntry], _ store: SQLiteRunStore,
        _ paths: Paths
    ) async throws -> ExitStatus? {
        guard let recipe = await undoing(header, entries, store, paths) else {
            for change in changes.reversed() {
                let words = change.isLost ? "\(change.words): may have been done" : change.words
                console.warn("not taken back, outside of ServerPilot: \(words)")
            }
            return nil
        }
        console.note("outside of ServerPilot, the run \(header.id) has done, and its recipe takes back:")
        for change in changes {
            console.note("  \(change.words.withoutControls)\(change.isLost ? " (perhaps)" : "")")
        }
        try confirm("Take it back?", "the undo of '\(header.recipe)'")
        let target = try await target(paths)
        return try await closing(target) {
            let held = try await hold(target, store, paths)
            try held.check(header)
            try await held.markUndone(header, at: target.time.now)
            return try await run(recipe, on: target, nil, held, paths, undoing: changes)
        }
    }

    /// Returns the recipe of a run if it has not changed and has an `undo`; warns if it changed or cannot be read.
    private func undoing(
        _ header: RunHeader, _ entries: [JournalEntry], _ store: SQLiteRunStore, _ paths: Paths
    ) async -> RecipeArguments? {
        do {
            let known = try recipes(having: header.recipe, paths)
            var recipe = try ResumedRun.recipe(of: header, entries, in: known)
            guard store.digest(recipe.source.text) == header.recipeDigest else {
                console.warn("the recipe '\(header.recipe)' is not the one that the run began with")
                return nil
            }
            let surroundings = try known.surroundings(
                of: recipe.module, names: SystemNames(), isUnsafe: settings.guards.computing.unsafe)
            recipe.header = try await RecipeEngine.describe(recipe.source, surroundings: surroundings).header
            return recipe.header?.canUndo == true ? recipe : nil
        } catch {
            // The run's resources at ServerPilot can be deleted without the recipe.
            console.warn("the recipe '\(header.recipe)' cannot be read any more: \(error)")
            return nil
        }
    }

    // MARK: Questions

    func confirm(_ question: String, _ what: String) throws {
        switch settings.guards.yes ? .yes : Question(console: console).ask(question) {
        case .yes: return
        case .no: throw CommandFailure("declined", "\(what) was declined; nothing was sent")
        case .nobody:
            throw CommandFailure(
                "unconfirmed", "\(what) must be confirmed, and nobody is there to ask", hint: "--yes confirms it")
        }
    }

    /// Asks before each deletion on a real account; `nil` for a simulated account and with `--yes`.
    var deletionQuestion: DeletionQuestion? {
        guard !settings.simulate, !settings.guards.yes else { return nil }
        return { [console] deletion in
            let added = Cascade.words(deletion.added.map { ($0.kind.spokenName, $0.name) })
            let news = added.isEmpty ? "" : "New since you confirmed: \(added). "
            return Question(console: console).ask("\(news)Delete \(deletion.words)?")
        }
    }
}
