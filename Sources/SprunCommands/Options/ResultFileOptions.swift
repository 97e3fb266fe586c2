internal import ArgumentParser
internal import SystemPackage

/// Options for the file of a run's result.
struct ResultFileOptions: ParsableArguments {
    @Option(
        name: .customLong("result"),
        help: ArgumentHelp("Write the result, with secrets, to this file (0600).", valueName: "file"))
    var path: String?

    @Flag(help: "Replace the file of --result, whatever it contains.")
    var force = false

    /// Returns the file, after a check that it can be written; `nil` without `--result`.
    ///
    /// - Throws: `CommandFailure`: `unwritable_file`, `result_kept`.
    func checked() throws -> ResultFile? {
        let file = path.map { ResultFile(path: FilePath($0), isForced: force) }
        try file?.check()
        return file
    }
}
