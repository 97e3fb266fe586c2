internal import ArgumentParser
internal import Groundwork

/// `sprun explain SP0301`.
struct ExplainCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explain an error by its code.",
        usage: "sprun explain SP0301\nsprun explain", discussion: "Without a code, it lists all errors.")

    @Argument(help: ArgumentHelp("The code that an error shows.", valueName: "code"))
    var code: String?

    func perform(in workspace: Workspace, _ reporter: any RunReporter) async throws -> ExitStatus {
        let output = reporter.console.output
        guard let code else {
            for kind in FailureCatalogue.all { output.line("\(kind.number)  \(kind.title)") }
            return .done
        }
        let wanted = code.uppercased()
        guard let kind = FailureCatalogue.all.first(where: { $0.number == wanted || $0.code == code }) else {
            let nearest = FailureCatalogue.all.map(\.number).nearest(to: wanted)
            throw ValidationError("no error has the code '\(code)'" + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
        }
        output.line("\(kind.number): \(kind.title) (\(kind.code), exit status \(kind.exit.rawValue))")
        output.line()
        output.line(kind.explanation)
        return .done
    }
}
