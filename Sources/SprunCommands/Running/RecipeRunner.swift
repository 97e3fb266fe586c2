internal import DurableSteps
internal import Groundwork
internal import RecipeEngine
internal import RecipeLanguage
internal import ServerPilot

/// A runner of recipes on an account, which reports events, result and failure.
struct RecipeRunner {
    let context: RecipeContext
    let target: Target
    let delivery: ResultDelivery

    private var reporter: any RunReporter { context.reporter }

    /// Runs the recipe; the journal, if there is one, contains the run from its first change on.
    func begin(_ recipe: RecipeArguments, under hold: AccountHold?, plan: Plan? = nil) async throws -> ExitStatus {
        let journaled = hold?.begin(recipe, at: target.time.now, plan: plan) { [reporter] in reporter.recorded($0) }
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
        let learned = LearnedDurations(target.account, in: try context.workspace.paths)
        let known = learned?.read() ?? ActionDurations()
        let engine = try await engine(for: work, keeping: secrets, durations: known)
        let recorded = journaled.flatMap { $0.isRecorded ? $0.header.id : nil }
        reporter.started(recipe.source.name, run: recorded, plan: work.counts)
        var status = ExitStatus.done
        do throws(RecipeFailure) {
            let run = try engine.start(
                recipe.source, parameters: recipe.parameters, journaled: journaled, header: recipe.header,
                purpose: work.plan.map { .following($0) } ?? .live, undoing: work.undoing)
            let watch = context.workspace.watchSignals({ Self.lastWords(of: journaled) }) { [reporter] in
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
                if let journaled, outcome.summary.changes + outcome.summary.outside > 0, work.undoing == nil {
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
            learned?.write(run.durations, over: known)
            // The run limits the memory of all that is made of its result.
            withExtendedLifetime(run) {}
        } catch {
            reporter.clear()
            status = fail(error, secrets, journaled, signal: nil)
        }
        try? await journaled?.store.close()
        return status
    }

    private func engine(
        for work: RunWork, keeping secrets: SecretFile, durations: ActionDurations
    ) async throws -> RecipeEngine {
        var surroundings = try context.surroundings(of: work.recipe, on: target)
        surroundings.durations = durations
        if let hold = work.hold {
            surroundings.failedWork = try await hold.journal.failedWork(
                on: hold.account, but: work.journaled?.header.id)
        }
        return RecipeEngine(
            transport: target.transport, time: target.time, limits: context.permissions.limits,
            random: SystemRandom.next, keepSecret: secrets.keep, mayDelete: context.deletionQuestion(on: target),
            surroundings: surroundings, redactor: target.redactor, events: { [reporter] in reporter.show($0) })
    }

    /// Returns the line that a second signal writes.
    private static func lastWords(of journaled: JournaledRun?) -> String {
        guard let journaled else { return "Stopped at once." }
        return journaled.isRecorded
            ? "Stopped at once. Continue with: sprun resume \(journaled.header.id)"
            : "Stopped at once. Nothing was changed."
    }

    // MARK: Failures

    private func fail(
        _ failure: RecipeFailure, _ secrets: SecretFile, _ journaled: JournaledRun?, signal: ExitStatus?
    ) -> ExitStatus {
        let status = reporter.report(failure)
        delivery.keepOrRemove(secrets, journaled, delivered: "")
        return failure.code == StepFailure.cancelled ? signal ?? status : status
    }

    /// Codes of failures after which a change of a recorded run may be missing in the journal or have only an intent.
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
        let mayBeUnwritten = Self.mayBeUnwritten.contains(failure.code)
        guard journaled.isRecorded else {
            if mayBeUnwritten || failure.code == StepFailure.cancelled {
                reporter.note("Nothing was changed, so there is nothing to resume. Run the recipe again.")
            }
            return status
        }
        let isPartlyDone =
            failure.summary.changes > 0 || record.contains { $0.kind == .outcome || $0.kind == .intent }
            || mayBeUnwritten
        guard isPartlyDone else { return status }
        let entries = try? await journaled.store.entries(of: journaled.header.id)
        let next = NextSteps(
            journaled.header.id, code: failure.code, choices: failure.choices,
            hasFailedStep: entries?.stumblingBlock != nil)
        for line in next.lines { reporter.note(line) }
        return status == .failed || status == .limit ? .unfinished : status
    }
}
