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
    /// Parses the arguments after the verb's name; `nil` if they ask for help or are wrong.
    static func parsed(_ arguments: [String]) async -> (any Verb)? {
        // `RECIPE -- --help` asks for the help about the recipe too.
        guard !arguments.contains("--help"), !arguments.contains("-h") else { return nil }
        return try? await asyncParseAsRoot(arguments) as? Self
    }

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

extension CommandConfiguration {
    /// Creates the configuration of a verb.
    ///
    /// It names `sprun` as the verb's parent. So the argument parser does not take a verb that is parsed alone for a
    /// program with an option `--generate-completion-script`.
    static func verb(
        commandName: String, abstract: String, usage: String, discussion: String = "", shouldDisplay: Bool = true
    ) -> CommandConfiguration {
        CommandConfiguration(
            commandName: commandName, _superCommandName: "sprun", abstract: abstract, usage: usage,
            discussion: discussion, shouldDisplay: shouldDisplay)
    }
}
