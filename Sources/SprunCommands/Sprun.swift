internal import ArgumentParser

/// The root command.
struct Sprun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sprun",
        abstract: "Provision sites at ServerPilot with Lua recipes.",
        usage: """
            sprun run --simulate new-site server=www1 domain=acme.example
            sprun plan new-site server=www1 domain=acme.example
            sprun new site.lua
            """,
        discussion: "Functions for recipes: sprun help sp, http, ssh, dns, param or recipe.",
        version: VersionText.text,
        groupedSubcommands: groups.map { CommandGroup(name: $0.name, subcommands: $0.verbs.map { $0 }) },
        defaultSubcommand: RunCommand.self)

    /// The verbs, in the groups of the help.
    private static let groups: [(name: String, verbs: [any Verb.Type])] = [
        (
            "Run",
            [
                RunCommand.self, PlanCommand.self, ApplyCommand.self, ResumeCommand.self, UndoCommand.self,
                RunsCommand.self, ShowCommand.self,
            ]
        ),
        ("Recipe", [RecipesCommand.self, NewCommand.self, GetCommand.self, VendorCommand.self, DocCommand.self]),
        ("Account", [LoginCommand.self, ProfilesCommand.self, DoctorCommand.self, SimulateCommand.self]),
        ("Help", [HelpCommand.self, ExplainCommand.self, ManPagesCommand.self]),
    ]

    /// The commands that the help shows.
    static var commands: [any ParsableCommand.Type] {
        groups.flatMap(\.verbs).filter { $0.configuration.shouldDisplay }
    }

    /// The names of the commands, for suggestions after a typing error.
    static var commandNames: [String] { commands.compactMap { $0.configuration.commandName } }

    /// Returns the command with a name; `nil` if there is none.
    static func command(named name: String) -> (any ParsableCommand.Type)? {
        commands.first { $0.configuration.commandName == name }
    }

    /// Parses arguments; `nil` if they mean a command of the argument parser.
    static func verb(_ arguments: [String]) async throws -> (any Verb)? { try await command(arguments) as? any Verb }

    /// Parses arguments.
    ///
    /// No argument means `sprun help`, and `RECIPE --help` the help about the recipe.
    static func command(_ arguments: [String]) async throws -> any ParsableCommand {
        guard !arguments.isEmpty else { return try await asyncParseAsRoot(["help"]) }
        if let help = await recipeHelp(arguments) { return help }
        return try await asyncParseAsRoot(arguments)
    }

    /// Parses the arguments of the verb that the first argument names, which takes less time than parsing all commands.
    ///
    /// - Returns: `nil` if there is no such verb, if the arguments ask for help, or if they are wrong. Only parsing all
    ///   commands gives the right message then.
    static func verbAlone(_ arguments: [String]) async -> (any Verb)? {
        for group in groups {
            for verb in group.verbs where verb.configuration.commandName == arguments.first {
                return await verb.parsed(Array(arguments.dropFirst()))
            }
        }
        return nil
    }

    /// Returns the help about the recipe that the arguments name beside `--help`; `nil` if they name none.
    private static func recipeHelp(_ arguments: [String]) async -> HelpCommand? {
        let rest = arguments.filter { !["--help", "-h"].contains($0) }
        guard rest.count < arguments.count, let verb = try? await asyncParseAsRoot(rest) as? any RecipeNaming,
            verb.recipe.code == nil, let recipe = verb.recipe.words.first
        else { return nil }
        return HelpCommand(recipe, output: verb.output)
    }
}
