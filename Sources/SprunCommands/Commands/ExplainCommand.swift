internal import Groundwork
internal import LuaHost
internal import ArgumentParser

/// `sprun explain SP0301`.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explain an error by its code.",
        usage: "sprun explain SP0301\nsprun explain", discussion: "Without a code, lists all of them.")

    @Argument(help: ArgumentHelp("The code, as errors show it.", valueName: "code"))
    var code: String?

    func run() throws {
        let console = Console(color: .auto, environment: .current())
        defer { console.output.flush() }
        guard let code else {
            for kind in FailureCatalogue.all { console.output.line("\(kind.number)  \(kind.title)") }
            return
        }
        let wanted = code.uppercased()
        guard let kind = FailureCatalogue.all.first(where: { $0.number == wanted || $0.code == code }) else {
            let nearest = FailureCatalogue.all.map(\.number).nearest(to: wanted)
            throw ValidationError("there is no error '\(code)'" + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
        }
        console.output.line("\(kind.number): \(kind.title) (\(kind.code), exit status \(kind.exit.rawValue))")
        console.output.line()
        console.output.line(kind.explanation)
    }
}
