internal import ArgumentParser
internal import Groundwork

/// The help of a command, as its `--help` prints it.
struct CommandPage: Report {
    let command: any ParsableCommand.Type

    func lines(on page: Page) -> [String] {
        let text = command == Sprun.self ? Sprun.helpMessage() : Sprun.helpMessage(for: command)
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    var json: JSONValue {
        [
            "format_version": 1, "command": .string(command._commandName),
            "text": .string(Sprun.helpMessage(for: command)),
        ]
    }
}
