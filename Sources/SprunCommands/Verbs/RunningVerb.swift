/// A verb that runs recipes and shows their progress.
protocol RunningVerb: RecipeVerb {
    var progress: ProgressOptions { get }
}

extension RunningVerb {
    func reporter(_ environment: Environment) -> any RunReporter {
        output.reporter(environment, detail: progress.detail)
    }
}
