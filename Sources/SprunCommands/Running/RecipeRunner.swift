internal import DurableSteps
internal import Groundwork
internal import RecipeEngine
internal import RecipeLanguage

/// A runner of recipes on an account, which reports events, result and failure.
struct RecipeRunner {
    let context: RecipeContext
    let target: Target
    let delivery: ResultDelivery

    private var reporter: any RunReporter { context.reporter }

    /// Begins a run in the journal, if there is one, and runs the recipe.
    func begin(_ recipe: RecipeArguments, under hold: AccountHold?, plan: Plan? = nil) async throws -> ExitStatus {
        let journaled = try await hold?.begin(recipe, at: target.time.now, plan: plan)
        return try await run(RunWork(recipe: recipe, journaled: journaled, hold: hold, plan: plan))
    }

    /// Runs a recipe to its end.
    ///
    /// - Returns: The exit status; a failure of the run is reported, not thrown.
    func run(_ work: RunWork) async throws -> ExitStatus {
        // Hold the account until everything is reported.
        defer { withExtendedLifetime(work.hold) {} }
        let (recipe, journaled) = (work.recipe, work.journaled)
        let secrets = SecretFile(
            folder: try context.workspace.paths.secrets, recipe: recipe.source.name, time: target.time.now,
            isWritten: journaled == nil)
        let engine = try await engine(for: work, keeping: secrets)
        reporter.started(recipe.source.name, run: journaled?.header.id, plan: work.counts)
        var status = ExitStatus.done
        do throws(RecipeFailure) {
            let run = try engine.start(
                recipe.source, parameters: recipe.parameters, journaled: journaled, header: recipe.header,
                purpose: work.plan.map { .following($0) } ?? .live, undoing: work.undoing)
            let resume = journaled.map { "Stopped at once. Continue with: sprun resume \($0.header.id)" }
            let watch = context.workspace.watchSignals(resume ?? "Stopped at once.") { [reporter] in
                run.cancel()
                // First of all, because a reader that has stopped reading blocks every write.
                reporter.console.stopWaitingForReaders()
                reporter.note("Finishing the current request. Press Ctrl-C again to quit now.")
            }
            do throws(RecipeFailure) {
                let outcome = try await run.finish()
                reporter.clear()
                secrets.forget(allBut: run.secretsInUse)
                status = await delivery.deliver(outcome, secrets, journaled, recipe.header)
                reporter.ended(outcome.summary, on: target)
                if let journaled, outcome.summary.changes > 0, work.undoing == nil {
                    let canBeUndone = outcome.summary.created + outcome.summary.outside > 0
                    let id = journaled.header.id
                    reporter.remark("run \(id)\(canBeUndone ? "  undo: sprun undo \(id)" : "")")
                }
            } catch {
                reporter.clear()
                secrets.forget(allBut: run.secretsInUse)
                status = fail(error, secrets, journaled, signal: watch?.exitStatus)
                reporter.ended(error.summary, on: target)
                status = await showNextSteps(error, work, status)
            }
            // The run limits the memory of all that is made of its result.
            withExtendedLifetime(run) {}
        } catch {
            reporter.clear()
            status = fail(error, secrets, journaled, signal: nil)
        }
        try? await journaled?.store.close()
        return status
    }

    private func engine(for work: RunWork, keeping secrets: SecretFile) async throws -> RecipeEngine {
        var surroundings = try context.surroundings(of: work.recipe, on: target)
        if let hold = work.hold {
            surroundings.failedWork = try await hold.journal.failedWork(
                on: hold.account, but: work.journaled?.header.id)
        }
        return RecipeEngine(
            transport: target.transport, time: target.time, limits: context.permissions.limits,
            random: SystemRandom.next, keepSecret: secrets.keep, mayDelete: context.deletionQuestion(on: target),
            surroundings: surroundings, redactor: target.redactor, events: { [reporter] in reporter.show($0) })
    }

    // MARK: Failures

    private func fail(
        _ failure: RecipeFailure, _ secrets: SecretFile, _ journaled: JournaledRun?, signal: ExitStatus?
    ) -> ExitStatus {
        let status = reporter.report(failure)
        delivery.keepOrRemove(secrets, journaled, delivered: "")
        return failure.code == StepFailure.cancelled ? signal ?? status : status
    }

    /// Codes of failures after which a change may be missing in the journal or have only an intent there.
    private static let mayBeUnwritten: Set<String> = [
        "unfinished_change", "undecided", "journal_unwritten", "journal_busy", "fenced",
    ]

    /// Prints the commands that continue after a failure.
    ///
    /// - Returns: `unfinished` instead of `failed` or `limit` if the run is partly done; else the given status.
    private func showNextSteps(_ failure: RecipeFailure, _ work: RunWork, _ status: ExitStatus) async -> ExitStatus {
        let record = work.journaled?.record ?? []
        if failure.code == "plan_differs" {
            // Resumed, the run would differ from its plan again.
            let isUntouched = failure.summary.changes == 0 && !record.contains { $0.kind == .outcome }
            let done = isUntouched ? "Nothing was changed." : "All changes so far are complete and recorded."
            let command = await PlanMaker(context: context, target: target).command(for: work.recipe)
            reporter.note("\(done) Make a new plan, which finds existing resources: \(command)")
            return status
        }
        guard let journaled = work.journaled else { return status }
        let isPartlyDone =
            failure.summary.changes > 0 || record.contains { $0.kind == .outcome || $0.kind == .intent }
            || Self.mayBeUnwritten.contains(failure.code)
        guard isPartlyDone else { return status }
        let entries = try? await journaled.store.entries(of: journaled.header.id)
        let next = NextSteps(
            journaled.header.id, code: failure.code, choices: failure.choices,
            hasFailedStep: entries?.stumblingBlock != nil)
        for line in next.lines { reporter.note(line) }
        return status == .failed || status == .limit ? .unfinished : status
    }
}
