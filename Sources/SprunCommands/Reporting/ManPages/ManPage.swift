internal import ArgumentParser

/// The man page of `sprun` or of one of its commands, from the help of the argument parser.
struct ManPage {
    /// The program, or the command.
    let command: any ParsableCommand.Type
    /// The date of the page: year, month and day with hyphens.
    let date: String

    /// The pages of the program and of all commands that its help shows.
    static func all(date: String) -> [ManPage] {
        ([Sprun.self] + Sprun.commands).map { ManPage(command: $0, date: date) }
    }

    /// The name of the page: `sprun-run`.
    var name: String { Self.name(of: command) }

    private static func name(of command: any ParsableCommand.Type) -> String {
        command == Sprun.self ? command._commandName : "\(Sprun._commandName)-\(command._commandName)"
    }

    /// Returns the page in the language of man pages, as lines.
    func lines() throws -> [String] {
        let configuration = command.configuration
        var lines = [
            ".TH \(RoffText.argument(name.uppercased())) 1 \"\(date)\" "
                + "\(RoffText.argument("sprun \(Version.number)")) \(RoffText.argument("Manual of sprun"))",
            // No hyphens are added, so that options and names can be copied.
            ".nh", ".SH NAME", RoffText.line("\(name) - \(abstract)"),
        ]
        if let usage = configuration.usage {
            let examples = usage.split(separator: "\n").map { RoffText.line(String($0)) }
            lines += [".SH SYNOPSIS", ".nf"] + examples + [".fi"]
        }
        lines += [".SH DESCRIPTION"] + Self.texts(configuration.discussion)
        if command == Sprun.self { lines += commands }
        let arguments = try DescribedArgument.all(of: command)
        lines += Self.section("ARGUMENTS", arguments.filter(\.names.isEmpty))
        lines += Self.section("OPTIONS", arguments.filter { !$0.names.isEmpty })
        if command == Sprun.self { lines += Self.exitStatus }
        let others = command == Sprun.self ? Sprun.commands.map(Self.name) : [Self.name(of: Sprun.self)]
        lines += [".SH SEE ALSO"]
        for (index, other) in others.enumerated() {
            lines.append(".BR \(RoffText.escaped(other)) (1)\(index == others.count - 1 ? "" : ",")")
        }
        return lines
    }

    /// The abstract as the rest of a sentence: without its full stop, and in small letters.
    private var abstract: String {
        let text = command.configuration.abstract
        return text.prefix(1).lowercased() + text.dropFirst().prefix { $0 != "." }
    }

    private static func texts(_ text: String) -> [String] {
        text.split(separator: "\n").flatMap { RoffText.lines(String($0)) }
    }

    private var commands: [String] {
        var lines = [".SH COMMANDS"]
        for group in command.configuration.groupedSubcommands {
            lines.append(".SS \(RoffText.argument(group.name))")
            for command in group.subcommands where command.configuration.shouldDisplay {
                lines += [
                    ".TP", ".B \(RoffText.argument("sprun \(command._commandName)"))",
                    RoffText.line(command.configuration.abstract),
                ]
            }
        }
        return lines
    }

    private static func section(_ title: String, _ arguments: [DescribedArgument]) -> [String] {
        guard !arguments.isEmpty else { return [] }
        return [".SH \(title)"]
            + arguments.flatMap { argument in
                let names = argument.names.map { "\\fB\(RoffText.escaped($0))\\fR" }.joined(separator: ", ")
                let value = argument.value.map { "\\fI\(RoffText.escaped($0))\\fR" }
                let label = [names, value ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
                return [".TP", label] + RoffText.lines(argument.text)
            }
    }

    private static var exitStatus: [String] {
        [".SH EXIT STATUS"]
            + ExitStatus.allCases.flatMap { status in
                [".TP", ".B \(status.rawValue)"] + RoffText.lines(status.meaning)
            }
    }
}
