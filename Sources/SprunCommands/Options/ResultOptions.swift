internal import ArgumentParser

/// Options for the result of a run.
struct ResultOptions: ParsableArguments {
    @Flag(help: "Show secrets in the result even without a terminal.")
    var revealSecrets = false

    @Option(
        name: .customShort("o"),
        help: ArgumentHelp("Print only the result, in this form.", valueName: "form"))
    var form: ResultForm?

    @Option(help: ArgumentHelp("Print only this member of the result.", valueName: "name"))
    var field: String?

    @OptionGroup var file: ResultFileOptions

    /// Whether standard output has the result and nothing else.
    var isAlone: Bool { form != nil || field != nil }

    /// Returns the delivery of the result, after a check that its file can be written.
    ///
    /// - Throws: `CommandFailure`: `unwritable_file`, `result_kept`, `usage`.
    func delivery(_ reporter: any RunReporter, _ environment: Environment) throws -> ResultDelivery {
        let output = isAlone ? try ResultOutput(form: form ?? .text, field: field, environment: environment) : nil
        return ResultDelivery(
            reporter: reporter, revealsSecrets: revealSecrets, output: output, file: try file.checked())
    }
}

extension ResultForm: WordArgument {}
