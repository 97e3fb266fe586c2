internal import ArgumentParser

/// `sprun undo RUN`.
struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Delete what a run has made.",
        usage: """
            sprun undo k3v9q2
            sprun undo --yes k3v9q2
            """,
        discussion: """
            What the run created is deleted in reverse order, never what it found or adopted; an SSH key is taken from the \
            system users that got it from the run. The plan of that is shown first and asked for. From then on the run \
            counts as undone and cannot be resumed. What was done outside of ServerPilot is taken back \
            where the recipe has an undo. All else, such as settings and deletions, is listed.
            """)

    @Argument(help: ArgumentHelp("The run, or the beginning of its name.", valueName: "RUN"))
    var name: String

    @OptionGroup var settings: RunSettings

    func validate() throws {
        guard !settings.simulate else { throw ValidationError("runs on the simulated account have no journal") }
    }

    func run() async throws {
        try await RecipeSession.run(settings, .undo(name))
    }
}
