internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage
internal import RunJournal
internal import ServerPilot
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A run of a recipe: prepares it, runs it and reports the outcome.
struct RecipeSession {
    /// The task of the session.
    enum Task {
        /// Runs a recipe of the command line.
        case new(code: String?, words: [String], isJournaled: Bool, isConfirmed: Bool)
        /// Shows the plan of a recipe, and writes it to a file if `file` is not `nil`.
        case plan(code: String?, words: [String], file: String?, tellsChanges: Bool)
        /// Applies the plan in a file.
        case apply(String)
        /// Deletes the resources that a run created.
        case undo(String)
        /// Resumes a run of the journal.
        case resume(String?, decision: EffectDecision?, acceptsRecipeChange: Bool)
    }

    let console: Console
    let settings: RunSettings
    let environment: Environment
    let lines: EventLines

    init(console: Console, settings: RunSettings, environment: Environment) {
        self.console = console
        self.settings = settings
        self.environment = environment
        lines = EventLines(console: console)
    }

    /// Runs the task, reports everything, and throws the exit status unless it is `done`.
    static func run(_ settings: RunSettings, _ task: Task) async throws {
        let environment = Environment.current()
        let console = Console(color: settings.output.color, environment: environment)
        let session = RecipeSession(console: console, settings: settings, environment: environment)
        var status = await session.run(task)
        console.output.flush()
        // A closed pipe is the reader's choice; a full disk is a failure.
        if let failure = console.output.failure, failure != .brokenPipe {
            console.warn("standard output could not be written: \(failure.plainDescription)")
            if status == .done { status = .failed }
        }
        if status != .done { throw status.exitCode }
    }

    private func run(_ task: Task) async -> ExitStatus {
        // A reader that exits early, as in `sprun … | head`, must not end a run in the middle of a site.
        signal(SIGPIPE, SIG_IGN)
        do {
            let paths = try Paths(environment)
            PrivateFile.removeLeftovers(paths)
            try resultFile?.check()
            switch task {
            case .new(let code, let words, let isJournaled, let isConfirmed):
                let recipe = try await prepared(code, words, paths)
                let target = try await self.target(paths)
                return try await closing(target) {
                    let held =
                        isJournaled && !settings.simulate
                        ? try await hold(target, try JournalFile(paths).open(), paths) : nil
                    let plan = isConfirmed ? try await confirmedPlan(recipe, on: target) : nil
                    let journaled = try await held?.begin(
                        recipe, at: target.time.now, plan: plan, random: Self.random)
                    return try await run(recipe, on: target, journaled, held, paths, plan: plan)
                }
            case .plan(let code, let words, let file, let tellsChanges):
                let recipe = try await prepared(code, words, paths)
                return try await plan(recipe, to: file, tellsChanges: tellsChanges, paths)
            case .apply(let file): return try await apply(file, paths)
            case .undo(let name): return try await undo(name, paths)
            case .resume(let name, let decision, let acceptsChange):
                return try await resume(name, decision, acceptsChange, paths)
            }
        } catch let failure as CommandFailure {
            return report(FailureReport(failure))
        } catch let failure as RecipeFailure {
            return report(FailureReport(failure))
        } catch let error as ServerPilotError {
            return report(FailureReport(CommandFailure(error)))
        } catch {
            return report(FailureReport(CommandFailure("internal", "\(error)")))
        }
    }

    /// Returns the account for the run: simulated or real.
    func target(_ paths: Paths) async throws -> RunTarget {
        settings.simulate
            ? try RunTarget.simulated(paths)
            : try await RunTarget.live(settings.connection, environment, paths, console)
    }

    /// Closes the target if the body throws; otherwise `run` closes it.
    func closing(_ target: RunTarget, _ body: () async throws -> ExitStatus) async throws -> ExitStatus {
        do {
            return try await body()
        } catch {
            try? await target.close()
            throw error
        }
    }

    /// Locks the target's account for this process.
    func hold(_ target: RunTarget, _ store: SQLiteRunStore, _ paths: Paths) async throws -> HeldJournal {
        try await HeldJournal(store, endpoint: target.endpoint, clientID: target.clientID, in: paths.state)
    }

    private func resume(
        _ name: String?, _ decision: EffectDecision?, _ acceptsChange: Bool, _ paths: Paths
    ) async throws -> ExitStatus {
        let store = try JournalFile(paths).openExisting()
        if let name, let file = resultFile, decision == nil,
            let result = try await ResumedRun.result(name, in: store)
        {
            _ = try file.write(result, secrets: [])
            return .done
        }
        let resumed = try await ResumedRun(name, in: store)
        let header = resumed.overview.header
        let recipe = try resumed.recipe(
            in: store, acceptsChange: acceptsChange, of: try recipes(having: header.recipe, paths))
        let plan = try resumed.plan()
        let target = try await RunTarget.live(settings.connection, environment, paths, console)
        return try await closing(target) {
            let held = try await hold(target, store, paths)
            try held.check(header)
            // Read the entries again: another process may have resumed the run before this process held the account.
            let record = try await ResumedRun(header.id.rawValue, in: store).record
            console.note("resuming \(header.id): \(header.recipe), begun \(header.started.text)")
            if let plan { try await refuseStale(plan, of: recipe, after: record, on: target) }
            return try await run(
                recipe, on: target,
                JournaledRun(
                    store: store, header: header, epoch: held.epoch, record: record,
                    decision: try decision.map { try Self.completed($0, record) }, acceptsRecipeChange: acceptsChange),
                held, paths, plan: plan)
        }
    }

    /// Returns the decision; a decision to recreate gets the id of the resource that was found.
    ///
    /// - Throws: `CommandFailure` if the run has no open question.
    private static func completed(_ decision: EffectDecision, _ record: [JournalEntry]) throws -> EffectDecision {
        // Skipping needs no open question: it leaves out any failed step.
        guard decision.choice != .skip else { return decision }
        guard let question = record.openQuestion else {
            throw CommandFailure(
                "usage", "this run asks for no decision", hint: "resume it without --adopt and --recreate")
        }
        guard decision.choice == .recreate else { return decision }
        return EffectDecision(.recreate, id: question.stop?.candidates.first)
    }

    func run(
        _ recipe: RecipeArguments, on target: RunTarget, _ journaled: JournaledRun?, _ held: HeldJournal?,
        _ paths: Paths, plan: Plan? = nil, undoing changes: [OutsideChange]? = nil
    ) async throws -> ExitStatus {
        // Hold the account until everything is reported and closed.
        defer { withExtendedLifetime(held) {} }
        let progress = ProgressReport(console: console)
        let isJSON = settings.output.json
        let secrets = SecretFile(
            folder: paths.secrets, recipe: recipe.source.name, time: target.time.now, process: getpid(),
            isWritten: journaled == nil)
        var surroundings = try surroundings(of: recipe, on: target)
        if let held {
            surroundings.failedWork = try await ResumedRun.failedWork(
                on: held.account, but: journaled?.header.id, in: held.store)
        }
        let engine = RecipeEngine(
            transport: target.transport, time: target.time, limits: settings.guards.limits, random: Self.random,
            keepSecret: secrets.keep, mayDelete: deletionQuestion, surroundings: surroundings,
            redactor: target.redactor
        ) {
            [lines] event in
            if isJSON { lines.show(event) } else { progress.show(event) }
        }
        if isJSON { lines.started(recipe.source.name, run: journaled?.header.id) }
        var status = ExitStatus.done
        do throws(RecipeFailure) {
            let run = try engine.start(
                recipe.source, parameters: recipe.parameters, journaled: journaled, header: recipe.header,
                purpose: plan.map { .following($0) } ?? .live, undoing: changes)
            let watch = SignalWatch { [console] _ in
                run.cancel()
                // First of all, because a reader that has stopped reading blocks every write.
                console.stopWaitingForReaders()
                progress.clear()
                console.note("stopping: a change under way is finished first; once more ends at once")
            }
            do throws(RecipeFailure) {
                let outcome = try await run.finish()
                progress.clear()
                secrets.forget(allBut: run.secretsInUse)
                status = await deliver(outcome, secrets, journaled, recipe)
                conclude(outcome.summary, target)
            } catch {
                progress.clear()
                secrets.forget(allBut: run.secretsInUse)
                status = fail(error, secrets, journaled, signal: watch.exitStatus)
                conclude(error.summary, target)
                if error.code == "plan_differs" {
                    await tellNewPlan(recipe, on: target, error.summary, journaled)
                } else {
                    status = await tellWayOn(error, journaled, status)
                }
            }
            // The run limits the memory of all that is made of its result.
            withExtendedLifetime(run) {}
        } catch {
            status = fail(error, secrets, journaled, signal: nil)
        }
        try await target.close()
        try? await journaled?.store.close()
        return status
    }

    private func conclude(_ summary: RunSummary, _ target: RunTarget) {
        if settings.output.json {
            lines.ended(summary, retries: target.retries())
        } else {
            summarize(summary, target)
        }
    }

    /// Codes of failures after which a change may be missing in the journal or have only an intent there.
    private static let mayBeUnwritten: Set<String> = [
        "unfinished_change", "undecided", "journal_unwritten", "journal_busy", "fenced",
    ]

    /// Prints the command for a new plan; resumed, the run would differ from its plan again.
    private func tellNewPlan(
        _ recipe: RecipeArguments, on target: RunTarget, _ summary: RunSummary, _ journaled: JournaledRun?
    ) async {
        let isUntouched = summary.changes == 0 && journaled?.record.contains { $0.kind == .outcome } != true
        let done = isUntouched ? "Nothing was changed." : "Each change so far was finished and recorded."
        console.note("\(done) Make a new plan, which finds what exists: \(await newPlan(of: recipe, on: target))")
    }

    /// Prints the commands that continue a recorded run that is partly done.
    ///
    /// - Returns: `unfinished` instead of `failed` or `limit` if the run is partly done; else the given status.
    private func tellWayOn(
        _ failure: RecipeFailure, _ journaled: JournaledRun?, _ status: ExitStatus
    ) async -> ExitStatus {
        guard let journaled else { return status }
        let isPartlyDone =
            failure.summary.changes > 0 || journaled.record.contains { $0.kind == .outcome || $0.kind == .intent }
            || Self.mayBeUnwritten.contains(failure.code)
        guard isPartlyDone else { return status }
        let entries = try? await journaled.store.entries(of: journaled.header.id)
        let way = WayOn(
            journaled.header.id, code: failure.code, choices: failure.choices,
            hasFailedStep: entries?.stumblingBlock != nil)
        for line in way.lines { console.note(line) }
        return status == .failed || status == .limit ? .unfinished : status
    }

    @Sendable static func random() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    // MARK: Results

    private func fail(
        _ failure: RecipeFailure, _ secrets: SecretFile, _ journaled: JournaledRun?, signal: ExitStatus?
    ) -> ExitStatus {
        let failureReport = FailureReport(failure)
        let status = report(failureReport)
        keepOrRemove(secrets, journaled, delivered: "")
        return failure.code == "cancelled" ? signal ?? status : status
    }

    /// Reports a failure to people and programs.
    func report(_ failure: FailureReport) -> ExitStatus {
        console.output.flush()
        if settings.output.json { lines.failed(failure) }
        console.note(failure.text(console.errorStyle, width: console.errorWidth))
        return failure.kind.exit
    }

    private func summarize(_ summary: RunSummary, _ target: RunTarget) {
        guard summary.calls > 0 else { return }
        console.output.flush()
        let changes = [
            ("created", summary.created), ("updated", summary.updated), ("deleted", summary.deleted),
            ("outside of ServerPilot", summary.outside),
        ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
        let what = changes.isEmpty ? "nothing changed" : changes.joined(separator: ", ")
        let retries = target.retries()
        let requests = Self.count(summary.calls + retries, "request", "requests")
        let repeated = retries > 0 ? ", " + Self.count(retries, "retry", "retries") : ""
        let clock = settings.simulate ? " of simulated time" : ""
        let text = "\(what)  \(summary.elapsed.shortText)\(clock)  \(requests)\(repeated)"
        console.note(console.errorStyle.faint(text))
    }

    private static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }
}
