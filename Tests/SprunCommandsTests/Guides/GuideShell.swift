import Foundation

/// The shell in which the commands of a page are typed, and what it printed for each.
struct GuideShell {
    private var commands: [(command: Guide.Command, showsOutput: Bool)] = []
    /// A line with this mark, a number and a status ends the output of each command.
    private static let mark = "\u{1E}"

    mutating func add(_ command: Guide.Command, showsOutput: Bool) { commands.append((command, showsOutput)) }

    /// The script that types them.
    var script: String {
        var lines = ["trap 'kill $(jobs -p) 2>/dev/null; true' EXIT", Self.choosePort]
        for (index, (command, _)) in commands.enumerated() {
            let text = command.text.replacingOccurrences(of: "8080", with: "$port")
            lines.append("{ \(Self.isServer(text) ? Self.inBackground(text) : text)\n} 2>&1")
            lines.append("printf '\\n\(Self.mark)\(index) %d\\n' $?")
        }
        return (lines + ["true"]).joined(separator: "\n")
    }

    /// Whether a command runs until it is stopped: a reader goes on in another terminal.
    private static func isServer(_ text: String) -> Bool { text.hasPrefix("sprun simulate") && !text.hasSuffix("&") }

    /// Chooses a port that nobody listens at, below those that the system gives to connections.
    private static let choosePort = """
        for try in $(seq 100); do
            port=$((20000 + RANDOM % 12000))
            (: < /dev/tcp/127.0.0.1/$port) 2>/dev/null || break
        done
        """

    /// Starts a server in place of the last one, and pastes the settings that it prints, as a page says.
    private static func inBackground(_ text: String) -> String {
        """
        [ -z "${server:-}" ] || { kill $server; wait $server; }
        : > settings; \(text) > settings 2> words & server=$!
        until grep -q SERVERPILOT_API_KEY settings || ! kill -0 $server; do sleep 0.1; done
        . ./settings
        grep -q SERVERPILOT_API_KEY settings || { cat words; false; }
        """
    }

    /// Returns how what was printed differs from the page.
    func problems(_ printed: String) -> [(Guide.Command, String)] {
        var rest = Substring(printed)
        return commands.enumerated().compactMap { index, typed in
            guard let end = rest.firstMatch(of: /\n\u{1E}(\d+) (\d+)\n/), Int(end.1) == index else {
                return (typed.command, "was not reached; the last output: \(rest.suffix(2000))")
            }
            let output = rest[..<end.range.lowerBound]
            rest = rest[end.range.upperBound...]
            if typed.showsOutput {
                let shown = Self.normal(typed.command.output)
                let got = Self.normal(output.components(separatedBy: "\n"))
                return shown == got
                    ? nil : (typed.command, "the page shows:\n\(shown)\nbut the command printed:\n\(got)")
            }
            // `timeout` interrupts a program on purpose.
            let isWanted = end.2 == "0" || typed.command.text.hasPrefix("timeout ")
            return isWanted ? nil : (typed.command, "ended with \(end.2): \(output)")
        }
    }

    /// Output without what differs in each run: ids, passwords, times and the number of requests.
    private static func normal(_ lines: [String]) -> String {
        lines.joined(separator: "\n")
            .replacing(/id=[A-Za-z0-9]{16}\b/, with: "id=ID")
            .replacing(/\b[A-Za-z0-9]{24}\b/, with: "PASSWORD")
            .replacing(/\b\d+(\.\d+)?(ms|s|m|h)\b( \d+(s|m)\b)?/, with: "TIME")
            .replacing(/\b\d+ requests?\b/, with: "N requests")
            .replacing(/[ \t]+(\n|$)/) { String($0.1) }
            .trimmingCharacters(in: .newlines)
    }
}
