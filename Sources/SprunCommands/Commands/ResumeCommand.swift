internal import ArgumentParser
internal import RecipeEngine

/// `sprun resume [RUN]`.
struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Go on with a run that was stopped, killed or failed.",
        usage: """
            sprun resume
            sprun resume k3v9q2
            sprun resume k3v9q2 --adopt nlcN0TwdZAyNEgdp
            """,
        discussion: """
            The recipe runs from the top: what is recorded is given back without a request, and the rest is done. A \
            change whose answer was lost is looked for before it is made again. A deletion that would now remove more than \
            was confirmed is asked for again; --yes confirms what the run has named. Without RUN it is the last one that \
            is unfinished and was not undone. After a refusal or a failed read, the run is tried again from its last \
            change on. --skip leaves out the step at which the run stopped; where the recipe itself raised the error, it \
            reads again. Where only a person can decide, the run says so (exit status 7) and prints the commands that \
            decide. Of a run that is done, --result FILE writes the result again.
            """)

    @Argument(help: ArgumentHelp("The run, or the beginning of its name.", valueName: "RUN"))
    var name: String?

    @Option(help: ArgumentHelp("Take this thing as what was to be made.", valueName: "id"))
    var adopt: String?

    @Flag(help: "Make it again; a server that never connected is deleted first, if you confirm it.")
    var recreate = false

    @Flag(help: "Leave out the step at which the run stopped; the call of a creation fails in the recipe.")
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
