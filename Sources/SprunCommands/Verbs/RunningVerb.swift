/// A verb that runs a recipe, shows its progress, and delivers its result.
protocol RunningVerb: RecipeVerb {
    var result: ResultOptions { get }
    var progress: ProgressOptions { get }
}

extension RunningVerb {
    func reporter(_ environment: Environment) -> any RunReporter {
        output.reporter(environment, detail: progress.detail, resultIsAlone: result.isAlone)
    }

    /// Returns the delivery of the result, after a check of its options.
    ///
    /// - Throws: `CommandFailure`: `unwritable_file`, `result_kept`, `usage`.
    func delivery(_ reporter: any RunReporter, _ workspace: Workspace) throws -> ResultDelivery {
        guard !output.json || !result.isAlone else {
            throw CommandFailure(
                "usage", "--json prints all events of a run, and -o and --field print only its result",
                hint: "use -o json for the result alone")
        }
        return try result.delivery(reporter, workspace.environment)
    }
}
