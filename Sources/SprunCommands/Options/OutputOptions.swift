internal import ArgumentParser

/// Options for the form of the output.
struct OutputOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Color the output: auto, always or never.", valueName: "when"))
    var color: Console.ColorChoice = .auto

    @Flag(help: "Print JSON instead of text.")
    var json = false

    /// Returns the reporter for these options.
    func reporter(_ environment: Environment, detail: ProgressDetail = .usual) -> any RunReporter {
        let console = Console(color: color, environment: environment)
        return json ? JSONReporter(console) : TextReporter(console, detail: detail)
    }
}

extension Console.ColorChoice: ExpressibleByArgument {}
