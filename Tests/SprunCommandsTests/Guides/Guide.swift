import Foundation

/// A page for people, and its code blocks: what it says to write into files, and what it says to type.
struct Guide: Sendable, CustomStringConvertible {
    /// The path, from the top of the checkout.
    let path: String
    let blocks: [Block]

    var description: String { path }

    /// A code block that has commands, or the content of a file.
    struct Block: Sendable {
        enum Content: Sendable {
            /// A file that the paragraph above names.
            case file(name: String, text: String)
            /// Commands that must succeed.
            case commands([Command])
            /// Commands with their output.
            case session([Command])
        }

        let line: Int
        let content: Content
        /// Why the page's test leaves the block out: a comment `<!-- not run: REASON -->` above it.
        let reasonNotRun: String?
    }

    /// A command, and the output that the page shows for it.
    struct Command: Sendable {
        let line: Int
        var text: String
        var output: [String] = []
    }

    init(_ path: String, in top: String) throws {
        self.path = path
        var lines = try String(contentsOfFile: "\(top)/\(path)", encoding: .utf8).components(separatedBy: "\n")[...]
        var blocks: [Block] = []
        var paragraph: [String] = []
        var reason: String?
        while let line = lines.popFirst() {
            if line.hasPrefix("```") {
                let body = lines.prefix { !$0.hasPrefix("```") }
                lines = lines.dropFirst(body.count + 1)
                let content = Self.content(line.dropFirst(3), body, above: paragraph)
                if let content { blocks.append(Block(line: body.startIndex, content: content, reasonNotRun: reason)) }
                (paragraph, reason) = ([], nil)
            } else if let comment = line.firstMatch(of: /^<!-- not run: (.*) -->$/) {
                reason = String(comment.1)
            } else if line.isEmpty {
                if lines.first?.hasPrefix("```") != true, lines.first?.hasPrefix("<!--") != true { paragraph = [] }
            } else {
                paragraph.append(line)
            }
        }
        self.blocks = blocks
    }

    private static func content(
        _ language: Substring, _ body: ArraySlice<String>, above paragraph: [String]
    ) -> Block.Content? {
        switch language {
        case "sh": .commands(commands(body) { $0 })
        case "console": .session(commands(body) { $0.hasPrefix("$ ") ? String($0.dropFirst(2)) : nil })
        default:
            paragraph.joined(separator: " ").matches(of: /`([\w-]+\.(?:lua|json|toml))`/).last.map {
                .file(name: String($0.1), text: body.joined(separator: "\n") + "\n")
            }
        }
    }

    /// The commands of a block; a line that ends with a backslash goes on in the next one.
    private static func commands(_ body: ArraySlice<String>, _ command: (String) -> String?) -> [Command] {
        var commands: [Command] = []
        for (index, line) in zip(body.indices, body) {
            if let last = commands.last, last.output.isEmpty, last.text.hasSuffix("\\") {
                commands[commands.count - 1].text += "\n" + line
            } else if let text = command(line) {
                if !text.isEmpty { commands.append(Command(line: index + 1, text: text)) }
            } else if !commands.isEmpty {
                commands[commands.count - 1].output.append(line)
            }
        }
        return commands
    }
}
