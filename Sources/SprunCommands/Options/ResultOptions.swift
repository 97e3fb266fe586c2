internal import ArgumentParser

/// Options for the result of a run.
struct ResultOptions: ParsableArguments {
    @Flag(help: "Show secrets in the result even without a terminal.")
    var revealSecrets = false

    @OptionGroup var file: ResultFileOptions

    /// Returns the delivery of the result, after a check that its file can be written.
    ///
    /// - Throws: `CommandFailure`: `unwritable_file`, `result_kept`.
    func delivery(_ reporter: any RunReporter) throws -> ResultDelivery {
        ResultDelivery(reporter: reporter, revealsSecrets: revealSecrets, file: try file.checked())
    }
}
