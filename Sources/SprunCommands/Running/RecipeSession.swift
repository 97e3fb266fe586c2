internal import RecipeEngine
internal import ServerPilot
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// One `sprun run`: prepares, runs, reports.
struct RecipeSession {
    let console: Console
    let options: RunCommand
    let environment: Environment
    private let lines: EventLines

    init(console: Console, options: RunCommand, environment: Environment) {
        self.console = console
        self.options = options
        self.environment = environment
        lines = EventLines(console: console)
    }

    /// Runs the recipe and reports everything.
    ///
    /// - Returns: what the process ends with.
    func run() async -> ExitStatus {
        // A reader that has gone away, as in `sprun … | head`, must not end a run in the middle of a site.
        signal(SIGPIPE, SIG_IGN)
        do {
            let paths = try Paths(environment)
            let recipe = try RecipeArguments(
                code: options.code, words: options.words, commands: Sprun.commandNames)
            let target =
                options.simulate
                ? try RunTarget.simulated(paths)
                : try await RunTarget.live(options.connection, environment, paths, console)
            return try await run(recipe, on: target, paths)
        } catch let failure as CommandFailure {
            return report(FailureReport(failure))
        } catch {
            return report(FailureReport(CommandFailure("internal", "\(error)")))
        }
    }

    private func run(_ recipe: RecipeArguments, on target: RunTarget, _ paths: Paths) async throws -> ExitStatus {
        let progress = ProgressReport(console: console)
        let isJSON = options.output.json
        let secrets = SecretFile(
            folder: paths.secrets, recipe: recipe.source.name, time: target.time.now, process: getpid())
        let engine = RecipeEngine(
            transport: target.transport, time: target.time, random: Self.random, keepSecret: secrets.keep
        ) {
            [lines] event in
            if isJSON { lines.show(event) } else { progress.show(event) }
        }
        if isJSON { lines.started(recipe.source.name) }
        var status = ExitStatus.done
        do throws(RecipeFailure) {
            let run = try engine.start(recipe.source, parameters: recipe.parameters)
            let watch = SignalWatch { [console] _ in
                progress.clear()
                console.note("stopping: a change under way is finished first; once more ends at once")
                run.cancel()
            }
            do throws(RecipeFailure) {
                let outcome = try await run.finish()
                progress.clear()
                status = deliver(outcome, secrets)
                if isJSON {
                    lines.ended(outcome.summary, retries: target.retries())
                } else {
                    summarize(outcome.summary, target)
                }
            } catch {
                progress.clear()
                status = fail(error, secrets, signal: watch.exitStatus)
                if isJSON {
                    lines.ended(error.summary, retries: target.retries())
                } else {
                    summarize(error.summary, target)
                }
            }
        } catch {
            status = fail(error, secrets, signal: nil)
        }
        try await target.close()
        return status
    }

    @Sendable private static func random() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    // MARK: Results

    /// Gives the result to whoever is meant to have it; secrets only where they were asked for or a person reads.
    private func deliver(_ outcome: RecipeOutcome, _ secrets: SecretFile) -> ExitStatus {
        var status = ExitStatus.done
        if let result = outcome.result, let redacted = outcome.redactedResult {
            let isRevealed = options.revealSecrets || (console.outputIsTerminal && !options.output.json)
            var delivered = show(isRevealed ? result.reveal() : redacted)
            if let file = options.resultFile {
                do {
                    let text = result.reveal().text(indentation: 2) + "\n"
                    try PrivateFile(path: FilePath(file)).write(Array(text.utf8))
                    delivered += text
                } catch let failure as CommandFailure {
                    status = report(FailureReport(failure))
                } catch {
                    status = .failed
                }
            }
            keepOrRemove(secrets, delivered: delivered)
        } else {
            keepOrRemove(secrets, delivered: "")
        }
        return status
    }

    /// Shows a result.
    ///
    /// - Returns: what of it was shown: text for people leaves things out, and nobody may be there to read it.
    private func show(_ result: JSONValue) -> String {
        let shown: String
        if options.output.json {
            lines.result(result)
            shown = result.text()
        } else {
            let text = ResultText.lines(result, console.outputStyle)
            for line in text { console.output.line(line) }
            shown = text.joined(separator: "\n")
        }
        console.output.flush()
        return console.output.failure == nil ? shown : ""
    }

    private func keepOrRemove(_ secrets: SecretFile, delivered: String) {
        guard !secrets.isEmpty else { return }
        guard !secrets.removeIfDelivered(in: delivered) else { return }
        console.note("generated secrets are kept in \(secrets.path), for you alone")
    }

    private func fail(
        _ failure: RecipeFailure, _ secrets: SecretFile, signal: ExitStatus?
    ) -> ExitStatus {
        let failureReport = FailureReport(failure)
        let status = report(failureReport)
        keepOrRemove(secrets, delivered: "")
        return failure.code == "cancelled" ? signal ?? status : status
    }

    /// Reports a failure, to people or programs.
    private func report(_ failure: FailureReport) -> ExitStatus {
        console.output.flush()
        if options.output.json { lines.failed(failure) }
        console.note(failure.text(console.errorStyle))
        return failure.kind.exit
    }

    private func summarize(_ summary: RunSummary, _ target: RunTarget) {
        guard summary.calls > 0 else { return }
        console.output.flush()
        let changes = [("created", summary.created), ("updated", summary.updated), ("deleted", summary.deleted)]
            .filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
        let what = changes.isEmpty ? "nothing changed" : changes.joined(separator: ", ")
        let retries = target.retries()
        let requests = Self.count(summary.calls + retries, "request", "requests")
        let repeated = retries > 0 ? ", " + Self.count(retries, "retry", "retries") : ""
        let clock = options.simulate ? " of simulated time" : ""
        let text = "\(what)  \(summary.elapsed.shortText)\(clock)  \(requests)\(repeated)"
        console.note(console.errorStyle.faint(text))
    }

    private static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }
}
