internal import ArgumentParser
internal import SystemPackage

/// The recipe of a command line and its parameters.
struct NamedRecipeOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The recipe, then its parameters.", valueName: "FILE name=value"),
        completion: Completion.recipeWords)
    var words: [String] = []

    @Option(name: .customShort("e"), help: ArgumentHelp("Use this Lua code instead of a file.", valueName: "CODE"))
    var code: String?

    @Option(
        help: ArgumentHelp("Read parameters from this TOML or JSON file.", valueName: "file"),
        completion: .file(extensions: ["toml", "json"]))
    var params: String?

    /// Reads the file of `--params`; `nil` if the option is not given.
    ///
    /// - Throws: `CommandFailure`: `unreadable_file`, `invalid_setting`, `usage`.
    func parameterFile() throws -> ParameterFile? { try params.map { try ParameterFile(FilePath($0)) } }
}
