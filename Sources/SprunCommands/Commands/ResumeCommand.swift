internal import ArgumentParser
internal import DurableSteps
internal import RecipeEngine

/// `sprun resume [RUN]`.
struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Resume a run that was stopped, killed or failed.",
        usage: """
            sprun resume
            sprun resume k3v9q2
            sprun resume k3v9q2 --adopt nlcN0TwdZAyNEgdp
            """,
        discussion: """
            sprun runs the recipe from the top: it repeats recorded replies without a request, and does the rest. Without \
            RUN it resumes the last unfinished run that was not undone. A failed run is tried again from its last change \
            on. If only a person can decide, the exit status is 7, and sprun prints the commands that decide. For a \
            finished run, --result FILE writes the result again.
            """)

    @Argument(help: ArgumentHelp("The run, or the beginning of its name.", valueName: "RUN"))
    var name: String?

    @Option(help: ArgumentHelp("Use this existing resource instead of creating one.", valueName: "id"))
    var adopt: String?

    @Flag(help: "Delete the unconnected server, and create it again.")
    var recreate = false

    @Flag(help: "Leave out the step; a creation raises an error.")
    var skip = false

    @Flag(help: "The recipe was corrected, and did the same so far.")
    var acceptRecipeChange = false

    @OptionGroup var settings: RunSettings

    func validate() throws {
        guard [adopt != nil, recreate, skip].count(where: \.self) <= 1 else {
            throw ValidationError("--adopt, --recreate and --skip exclude each other")
        }
        guard !settings.simulate else { throw ValidationError("runs on the simulated account have no journal") }
    }

    func run() async throws {
        let decision: EffectDecision? =
            if let adopt { EffectDecision(.adopt, id: adopt) } else if recreate {
                EffectDecision(.recreate)
            } else if skip { EffectDecision(.skip) } else { nil }
        try await RecipeSession.run(
            settings, .resume(name, decision: decision, acceptsRecipeChange: acceptRecipeChange))
    }
}
