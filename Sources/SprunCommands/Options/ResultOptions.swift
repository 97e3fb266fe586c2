internal import ArgumentParser
internal import SystemPackage

/// Options for the result of a run.
struct ResultOptions: ParsableArguments {
    @Flag(help: "Show the secrets of the result without a terminal too.")
    var revealSecrets = false

    @Option(
        name: .customLong("result"),
        help: ArgumentHelp("Write the result there, secrets included (0600).", valueName: "file"))
    var file: String?

    @Flag(help: "Replace the file of --result, whatever it holds.")
    var force = false

    /// Returns the delivery of the result, after a check that its file can be written.
    ///
    /// - Throws: `CommandFailure`: `unwritable_file`, `result_kept`.
    func delivery(_ reporter: any RunReporter) throws -> ResultDelivery {
        let resultFile = file.map { ResultFile(path: FilePath($0), isForced: force) }
        try resultFile?.check()
        return ResultDelivery(reporter: reporter, revealsSecrets: revealSecrets, file: resultFile)
    }
}
