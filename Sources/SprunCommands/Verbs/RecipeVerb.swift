internal import ArgumentParser
internal import Groundwork
internal import SystemPackage

/// A verb that plans or runs recipes; with `--json`, also its failures are events.
protocol RecipeVerb: ReportingVerb {}

extension RecipeVerb {
    func run() async throws {
        SignalWatch.ignoreClosedPipes()
        let workspace = Workspace.current()
        let reporter = reporter(workspace.environment)
        var status: ExitStatus
        do {
            PrivateFile.removeLeftovers(try workspace.paths)
            status = try await perform(in: workspace, reporter)
        } catch {
            reporter.clear()
            status = reporter.report(error)
        }
        reporter.clear()
        reporter.console.output.flush()
        // A closed pipe is the reader's choice; a full disk is a failure.
        if let failure = reporter.console.output.failure, failure != .brokenPipe {
            reporter.console.warn("cannot write to standard output: \(failure.plainDescription)")
            if status == .done { status = .failed }
        }
        if status != .done { throw status.exitCode }
    }
}
