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
        groupedSubcommands: [
            CommandGroup(
                name: "Run",
                subcommands: [
                    RunCommand.self, PlanCommand.self, ApplyCommand.self, ResumeCommand.self, UndoCommand.self,
                    RunsCommand.self, ShowCommand.self,
                ]),
            CommandGroup(
                name: "Recipe",
                subcommands: [
                    RecipesCommand.self, NewCommand.self, GetCommand.self, VendorCommand.self, DocCommand.self,
                ]),
            CommandGroup(
                name: "Account",
                subcommands: [LoginCommand.self, ProfilesCommand.self, DoctorCommand.self, SimulateCommand.self]),
            CommandGroup(
                name: "Help", subcommands: [HelpCommand.self, ExplainCommand.self, ManPagesCommand.self]),
        ],
        defaultSubcommand: RunCommand.self)

    /// The commands that the help shows.
    static var commands: [any ParsableCommand.Type] {
        configuration.subcommands.filter { $0.configuration.shouldDisplay }
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

    /// Returns the help about the recipe that the arguments name beside `--help`; `nil` if they name none.
    private static func recipeHelp(_ arguments: [String]) async -> HelpCommand? {
        let rest = arguments.filter { !["--help", "-h"].contains($0) }
        guard rest.count < arguments.count, let verb = try? await asyncParseAsRoot(rest) as? any RecipeNaming,
            verb.recipe.code == nil, let recipe = verb.recipe.words.first
        else { return nil }
        return HelpCommand(recipe, output: verb.output)
    }
}
