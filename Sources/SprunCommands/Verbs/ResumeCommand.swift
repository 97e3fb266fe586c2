internal import ArgumentParser
internal import DurableSteps
internal import RecipeEngine

/// `sprun resume [RUN]`.
struct ResumeCommand: RunningVerb {
    static let configuration = CommandConfiguration.verb(
        commandName: "resume",
        abstract: "Resume a run that was stopped, killed or failed.",
        usage: """
            sprun resume
            sprun resume k3v9q2
            sprun resume k3v9q2 --adopt nlcN0TwdZAyNEgdp
            """,
        discussion: """
            The recipe runs again from the top. sprun repeats recorded replies without a request, and continues from \
            there. Without RUN, it resumes the newest unfinished run. A failed run tries its failed step again. If a \
            person must decide, the exit status is 7. For a completed run, --result FILE writes the result again. A \
            run that changed nothing is not recorded.
            """)

    @Argument(
        help: ArgumentHelp("The run's id, or its first characters.", valueName: "RUN"),
        completion: Completion.run)
    var name: String?

    @Option(help: ArgumentHelp("Use this existing resource instead of creating one.", valueName: "id"))
    var adopt: String?

    @Flag(help: "Delete the unconnected server, and create it again.")
    var recreate = false

    @Flag(help: "Skip the step; a skipped creation raises an error.")
    var skip = false

    @Flag(help: "Accept a corrected recipe; recorded steps must match.")
    var acceptRecipeChange = false

    @OptionGroup var result: ResultOptions
    @OptionGroup var guards: GuardOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var progress: ProgressOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard [adopt != nil, recreate, skip].count(where: \.self) <= 1 else {
            throw ValidationError("use only one of --adopt, --recreate and --skip")
        }
    }

    private var decision: EffectDecision? {
        if let adopt { return EffectDecision(.adopt, id: adopt) }
        if recreate { return EffectDecision(.recreate) }
        return skip ? EffectDecision(.skip) : nil
    }

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let context = RecipeContext(
            workspace: workspace, reporter: reporter, permissions: try guards.permissions(in: workspace))
        let delivery = try delivery(reporter, workspace)
        let journal = try workspace.existingJournal()
        if let name, let file = delivery.file, decision == nil, let result = try await journal.run(name).result {
            _ = try file.write(result, secrets: [])
            return .done
        }
        let found = try await journal.openRun(name)
        let header = found.header
        let recipe = try found.recipe(in: try workspace.recipes(having: header.recipe))
        if !acceptRecipeChange { try found.refuseChanged(recipe, journal) }
        let plan = try found.plan
        let target = try await Target.live(connection, workspace, reporter)
        return try await target.using { target in
            let hold = try await journal.hold(target.account)
            try hold.check(header)
            let epoch = try await hold.takeOver()
            // Read the entries again: another process may have resumed the run before this process held the account.
            let run = try await journal.openRun(header.id.rawValue)
            reporter.remark("resuming \(header.id): \(header.recipe), started \(header.started.text)")
            if let plan {
                let planner = PlanMaker(context: context, target: target)
                try await planner.refuseStale(plan, of: recipe, after: run.entries)
            }
            let journaled = JournaledRun(
                store: journal.store, header: header, epoch: epoch, record: run.entries,
                decision: try decision.map(run.completed), acceptsRecipeChange: acceptRecipeChange)
            return try await RecipeRunner(context: context, target: target, delivery: delivery)
                .run(RunWork(recipe: recipe, journaled: journaled, hold: hold, plan: plan))
        }
    }
}
