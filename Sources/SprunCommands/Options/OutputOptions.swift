internal import ArgumentParser

/// Options for the form of the output.
struct OutputOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Color the output.", valueName: "when", visibility: .hidden))
    var color: Console.ColorChoice = .auto

    @Flag(help: "Print JSON instead of text.")
    var json = false

    /// Returns the reporter for these options.
    ///
    /// - Parameters:
    ///   - environment: The variables that decide about colors.
    ///   - detail: The amount of progress that is shown.
    ///   - resultIsAlone: Whether standard output has only the result, so that text of the recipe goes to standard error.
    /// - Returns: The reporter.
    func reporter(
        _ environment: Environment, detail: ProgressDetail = .usual, resultIsAlone: Bool = false
    ) -> any RunReporter {
        let console = Console(color: color, environment: environment, resultIsAlone: resultIsAlone)
        return json ? JSONReporter(console) : TextReporter(console, detail: detail)
    }
}

extension Console.ColorChoice: WordArgument {}
