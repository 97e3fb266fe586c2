/// A verb that can print JSON.
protocol ReportingVerb: Verb {
    var output: OutputOptions { get }
}

extension ReportingVerb {
    func reporter(_ environment: Environment) -> any RunReporter { output.reporter(environment) }
}
