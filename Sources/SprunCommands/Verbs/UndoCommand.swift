internal import ArgumentParser
internal import DurableSteps
internal import Groundwork
internal import RecipeEngine

/// `sprun undo RUN`.
struct UndoCommand: RunningVerb {
    static let configuration = CommandConfiguration.verb(
        commandName: "undo",
        abstract: "Delete what a run created.",
        usage: """
            sprun undo k3v9q2
            sprun undo --yes k3v9q2
            """,
        discussion: """
            Deletes what the run created, in reverse order, but not what it found or adopted. Removes its SSH keys \
            from system users. sprun shows the plan and asks first. Then the run counts as undone and cannot be \
            resumed. The recipe's undo function, if it has one, undoes changes outside of ServerPilot. sprun lists all \
            other changes, such as settings and deletions.
            """)

    @Argument(
        help: ArgumentHelp("The run's id, or its first characters.", valueName: "RUN"),
        completion: Completion.run)
    var name: String

    @OptionGroup var result: ResultOptions
    @OptionGroup var guards: GuardOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var progress: ProgressOptions
    @OptionGroup var output: OutputOptions

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let context = RecipeContext(
            workspace: workspace, reporter: reporter, permissions: try guards.permissions(in: workspace))
        let delivery = try delivery(reporter, workspace)
        let journal = try workspace.existingJournal()
        let run = try await journal.run(name)
        let undo = UndoRecipe(run.header.id, run.entries)
        for line in undo.kept { reporter.note("not undone: \(line.withoutControls)") }
        let outside = run.entries.outsideChanges
        if !outside.isEmpty {
            let undo = OutsideUndo(context: context, journal: journal, run: run, changes: outside)
            if let recipe = try await undo.confirmedRecipe() {
                let status = try await holding(run.header, journal, workspace, reporter) { target, hold in
                    try await hold.markUndone(run.header, at: target.time.now)
                    return try await RecipeRunner(context: context, target: target, delivery: delivery)
                        .run(RunWork(recipe: recipe, hold: hold, undoing: outside))
                }
                guard status == .done else { return status }
            }
        }
        guard !undo.isEmpty else {
            reporter.note("run \(run.header.id) created nothing\(outside.isEmpty ? "" : " at ServerPilot")")
            return .done
        }
        let recipe = RecipeArguments(
            written: "undo of \(run.header.id)", text: undo.text, in: try workspace.recipes)
        return try await holding(run.header, journal, workspace, reporter) { target, hold in
            let plan = try await PlanMaker(context: context, target: target).confirmed(recipe)
            let journaled = hold.begin(recipe, at: target.time.now, plan: plan)
            try await hold.markUndone(run.header, by: journaled, at: target.time.now)
            return try await RecipeRunner(context: context, target: target, delivery: delivery)
                .run(RunWork(recipe: recipe, journaled: journaled, hold: hold, plan: plan))
        }
    }

    /// Connects to the account of the run and locks it.
    private func holding(
        _ header: RunHeader, _ journal: Journal, _ workspace: Workspace, _ reporter: any RunReporter,
        _ body: (Target, AccountHold) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        try await Target.live(connection, workspace, reporter).using { target in
            let hold = try await journal.hold(target.account)
            try hold.check(header)
            return try await body(target, hold)
        }
    }
}
