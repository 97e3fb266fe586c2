internal import ArgumentParser

/// Options for the amount of progress that a run shows.
struct ProgressOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Show only the result and errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Show each change, even if there are many.")
    var verbose = false

    func validate() throws {
        if quiet, verbose { throw ValidationError("use only one of --quiet and --verbose") }
    }

    /// The amount of progress.
    var detail: ProgressDetail { quiet ? .quiet : verbose ? .verbose : .usual }
}
