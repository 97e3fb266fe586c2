internal import ArgumentParser
internal import RecipeEngine
internal import ServerPilot

/// `sprun apply PLAN`.
struct ApplyCommand: RunningVerb {
    static let configuration = CommandConfiguration.verb(
        commandName: "apply",
        abstract: "Apply a saved plan, and nothing else.",
        usage: """
            sprun apply site.plan
            sprun apply --yes site.plan
            """,
        discussion: """
            sprun first re-reads what the plan depends on. If any of it has changed, the plan is stale: sprun lists \
            the changes and exits with status 6. Then the recipe runs. sprun compares each change with the plan before \
            it sends it, and stops at the first difference. It asks before deletions.
            """)

    @Argument(
        help: ArgumentHelp("The file that 'sprun plan --out' wrote.", valueName: "PLAN"),
        completion: .file())
    var file: String

    @OptionGroup var simulation: SimulationOptions

    @OptionGroup var result: ResultOptions
    @OptionGroup var guards: GuardOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var progress: ProgressOptions
    @OptionGroup var output: OutputOptions

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let context = RecipeContext(
            workspace: workspace, reporter: reporter, permissions: try guards.permissions(in: workspace))
        let delivery = try delivery(reporter, workspace)
        let journal = try workspace.journal()
        let kept = try PlanFile(file, sealedBy: journal.store)
        let plan = kept.plan
        let recipe = try RecipeArguments(
            name: plan.header.recipe, text: kept.text, parameters: plan.header.parameters,
            in: try workspace.recipes(having: plan.header.recipe))
        try kept.refuseChanged(recipe, journal)
        return try await simulation.target(connection, workspace, reporter).using { target in
            try kept.refuseOther(target.account, journal)
            let hold = target.isSimulated ? nil : try await journal.hold(target.account)
            let planner = PlanMaker(context: context, target: target)
            try await planner.refuseStale(plan, of: recipe)
            if plan.count(.delete) + plan.countInBranches(.delete) > 0 {
                planner.show(plan, redactedBy: target.redactor)
                try context.confirm("Apply this plan?", "the plan's deletions")
            }
            return try await RecipeRunner(context: context, target: target, delivery: delivery)
                .begin(recipe, under: hold, plan: plan)
        }
    }
}
