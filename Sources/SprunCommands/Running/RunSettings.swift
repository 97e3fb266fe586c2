internal import ArgumentParser
internal import SystemPackage

/// Options of all commands that run a recipe.
struct RunSettings: ParsableArguments {
    @Flag(help: "Run on the simulated account.")
    var simulate = false

    @Flag(help: "Show the secrets of the result without a terminal too.")
    var revealSecrets = false

    @Option(
        name: .customLong("result"),
        help: ArgumentHelp("Write the result there, secrets included (0600).", valueName: "file"))
    var resultFile: String?

    @Flag(help: "Replace the file of --result, whatever it holds.")
    var force = false

    @Flag(help: "Refuse to run where sprun.lock and the files differ.")
    var locked = false

    @OptionGroup var guards: GuardOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions
}
