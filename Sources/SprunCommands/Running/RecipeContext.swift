internal import RecipeEngine
internal import RecipeSharing
internal import SecureShell
internal import ServerPilot

/// The surroundings of a verb that reads, plans or runs a recipe.
struct RecipeContext: Sendable {
    let workspace: Workspace
    let reporter: any RunReporter
    let permissions: RunPermissions

    /// Returns the surroundings of a run of the recipe.
    ///
    /// - Throws: `CommandFailure` if another person wrote the recipe and its isolation is incomplete.
    func surroundings(of recipe: RecipeArguments, on target: Target) throws -> RecipeSurroundings {
        let environment = workspace.environment
        var surroundings = try recipe.recipes.surroundings(of: recipe.module, isUnsafe: permissions.allowsUnsafe)
        surroundings.names = target.outside.names
        surroundings.web = target.outside.web
        surroundings.shell = target.isSimulated ? nil : OpenSSH(environment: environment.variables)
        surroundings.files = ProjectFiles(
            folder: recipe.recipes.resolver.folder, home: environment.nonEmpty("HOME"))
        surroundings.outside = target.isSimulated ? .declared : .real
        surroundings.connects = target.outside.connects
        surroundings.overrun = { [reporter] failure in
            let status = reporter.report(failure)
            reporter.console.output.flush()
            status.atOnce()
        }
        return surroundings
    }

    /// Asks the user to confirm, unless `--yes` is given; errors name the subject of the question.
    ///
    /// - Throws: `CommandFailure`: `declined`, `unconfirmed`.
    func confirm(_ question: String, _ subject: String) throws {
        try Question(console: reporter.console).confirm(
            question, isConfirmed: permissions.confirmsAll, declined: "you declined \(subject); nothing was sent",
            unasked: "\(subject) must be confirmed")
    }

    /// Returns the question before each deletion; `nil` for a simulated account and with `--yes`.
    func deletionQuestion(on target: Target) -> DeletionQuestion? {
        guard !target.isSimulated, !permissions.confirmsAll else { return nil }
        return { [console = reporter.console] deletion in
            let added = Cascade.words(deletion.added.map { ($0.kind.spokenName, $0.name) })
            let news = added.isEmpty ? "" : "New since you confirmed: \(added). "
            return Question(console: console).ask("\(news)Delete \(deletion.words)?")
        }
    }
}
