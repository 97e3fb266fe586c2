internal import ArgumentParser

/// The root command.
struct Sprun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sprun",
        abstract: "Provisions sites at ServerPilot with Lua recipes.",
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
}

/// The entry point for the executable.
package enum CommandLineProgram {
    /// Parses the arguments, runs the command and exits the process.
    package static func main() async {
        do {
            var command = try Sprun.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            let console = Console(color: .auto, environment: .current())
            let report = FailureReport(failure)
            console.note(report.text(console.errorStyle, width: console.errorWidth))
            Sprun.exit(withError: report.kind.exit.exitCode)
        } catch {
            Sprun.exit(withError: error)
        }
    }
}
