internal import ArgumentParser

/// The root command.
struct Sprun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sprun",
        abstract: "Provision sites at ServerPilot with Lua recipes.",
        usage: """
            sprun run --simulate site.lua server=www1 domain=acme.example
            sprun site.lua server=www1 domain=acme.example
            sprun login
            sprun simulate --port 8080
            """,
        version: VersionText.text,
        subcommands: [
            RunCommand.self, PlanCommand.self, ApplyCommand.self, ResumeCommand.self, UndoCommand.self,
            RunsCommand.self, ShowCommand.self, GetCommand.self, VendorCommand.self, DocCommand.self,
            SimulateCommand.self, LoginCommand.self, DoctorCommand.self,
            ExplainCommand.self,
        ],
        defaultSubcommand: RunCommand.self)

    /// The names of the commands, for suggestions after a typing error.
    static var commandNames: [String] { configuration.subcommands.compactMap { $0.configuration.commandName } }

    /// Parses arguments; `nil` if they mean a command of the argument parser, such as `help`.
    static func verb(_ arguments: [String]) throws -> (any Verb)? { try parseAsRoot(arguments) as? any Verb }
}
