internal import ArgumentParser
internal import Groundwork

/// `sprun explain SP0301`.
struct ExplainCommand: ReportingVerb {
    static let configuration = CommandConfiguration.verb(
        commandName: "explain", abstract: "Explain an error by its code.",
        usage: "sprun explain SP0301\nsprun explain",
        discussion:
            "Shows the cause, a wrong and a right example, and the next commands. Without a code, it lists all errors.")

    @Argument(
        help: ArgumentHelp("The code that an error shows.", valueName: "code"),
        completion: Completion.code)
    var code: String?

    @OptionGroup var output: OutputOptions

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        guard let code else {
            await reporter.show(FailureList())
            return .done
        }
        guard let kind = FailureCatalogue.named(code) else {
            let isFunction = code.contains(".") && (try? HelpTopic([code], in: workspace)) != nil
            let kinds = FailureCatalogue.all
            let nearest =
                kinds.map(\.number).nearest(to: code.uppercased()) ?? kinds.map(\.code).nearest(to: code.lowercased())
            throw CommandFailure(
                "usage", "no error has the code '\(code)'",
                hint: isFunction
                    ? "sprun help \(code)" : nearest.map { "did you mean '\($0)'?" } ?? "sprun explain lists all errors"
            )
        }
        await reporter.show(FailurePage(kind: kind))
        return .done
    }
}
