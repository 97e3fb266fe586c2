internal import ArgumentParser

/// Options for the form of the output.
struct OutputOptions: ParsableArguments {
    @Option(help: ArgumentHelp("When to colour: auto, always or never.", valueName: "when"))
    var color: Console.ColorChoice = .auto

    @Flag(help: "Print JSON for programs instead of text for people.")
    var json = false
}

extension Console.ColorChoice: ExpressibleByArgument {}
