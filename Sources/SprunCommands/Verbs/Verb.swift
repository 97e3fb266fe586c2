internal import ArgumentParser

/// A command of `sprun` whose body gets its surroundings as arguments.
///
/// `RecipeVerb` adds what verbs need that plan or run recipes.
protocol Verb: AsyncParsableCommand {
    /// Returns the reporter for all output; by default text, because the verb has no `OutputOptions`.
    func reporter(_ environment: Environment) -> any RunReporter

    /// Does the work.
    ///
    /// - Returns: The exit status.
    /// - Throws: Any error; a `ValidationError` is reported with the usage.
    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus
}

extension Verb {
    func reporter(_ environment: Environment) -> any RunReporter {
        TextReporter(Console(color: .auto, environment: environment))
    }

    func run() async throws {
        let workspace = Workspace.current()
        let reporter = reporter(workspace.environment)
        // An error that is thrown is reported on streams of its own.
        defer {
            reporter.clear()
            reporter.console.output.flush()
        }
        let status = try await perform(in: workspace, reporter)
        if status != .done { throw status.exitCode }
    }
}
