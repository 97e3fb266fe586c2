internal import ArgumentParser

/// The entry point for the executable.
package enum CommandLineProgram {
    /// Parses the arguments, runs the command and exits the process.
    package static func main() async {
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            // Not as a command: each conversion to another protocol searches all types of the program, in 20 µs.
            if var verb = await Sprun.verbAlone(arguments) { return try await verb.run() }
            var command = try await Sprun.command(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            guard let failure = CommandFailure.known(error) else { Sprun.exit(withError: error) }
            let reporter = TextReporter(Console(color: .auto, environment: .current()))
            Sprun.exit(withError: reporter.report(failure).exitCode)
        }
    }
}
