internal import LuaHost
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// A failure as people and programs see it: what, where, the line with a caret, a hint, the code.
struct FailureReport {
    let kind: FailureKind
    let message: String
    var file: String?
    var line: Int?
    var excerpt: RecipeFailure.Excerpt?
    var calls: [String] = []
    var hint: String?

    /// Calls of the recipe that are shown, the innermost first; a deep recursion has thousands.
    private static let shownCalls = 8

    init(_ failure: CommandFailure) {
        kind = FailureCatalogue.kind(failure.code)
        message = failure.message
        hint = failure.hint
    }

    init(_ failure: RecipeFailure) {
        kind = FailureCatalogue.kind(failure.code)
        message = failure.message
        file = failure.site?.source
        line = failure.site?.line
        excerpt = failure.excerpt
        hint = failure.hint
        let callers = failure.frames.filter { $0.line != nil }.dropFirst()
        calls = callers.prefix(Self.shownCalls).map { "\($0.source):\($0.line ?? 0) in \($0.function)" }
    }

    /// What stands before the second line of a message, which may be a recipe's or an API's words.
    private static let bar = "  | "

    /// The report for people.
    ///
    /// - Parameters:
    ///   - style: of the stream.
    ///   - width: columns of the terminal, where there is one.
    /// - Returns: its lines.
    func text(_ style: Style, width: Int? = nil) -> String {
        let label = "error[\(kind.number)]:"
        let rest = "\(label) \(message)".behind(Self.bar, width: width).dropFirst(label.count + 1)
        var lines = ["\(style.red(label)) \(style.bold(String(rest)))"]
        let shownLine = line.map { $0 + (excerpt?.offset ?? 0) }
        let margin = String(repeating: " ", count: shownLine.map { String($0).count } ?? 1)
        if let file, let line {
            lines.append("\(margin)\(style.blue("-->")) \(Self.place(file)):\(line)")
            if let excerpt {
                let shown = ShownExcerpt(excerpt)
                lines.append("\(margin) \(style.blue("|"))")
                lines.append("\(style.blue("\(shownLine ?? line) |")) \(shown.text)")
                lines.append("\(margin) \(style.blue("|")) \(shown.pad)\(style.red(shown.carets))")
            }
        }
        for call in calls { lines.append("\(margin) \(style.blue("=")) called from \(Self.place(call))") }
        if let hint {
            let indent = String(repeating: " ", count: margin.count + 9)
            let rest = "\(indent)\(hint)".behind("\(indent)| ", width: width).dropFirst(indent.count)
            lines.append("\(margin) \(style.blue("=")) \(style.bold("hint:")) \(rest)")
        }
        lines.append("\(margin) \(style.blue("=")) more: sprun explain \(kind.number)")
        return lines.joined(separator: "\n")
    }

    /// The name of a chunk or a function on one line: a recipe chooses it.
    private static func place(_ text: String) -> String {
        let shown = text.withoutControls
        return shown.count > longestPlace ? "\(shown.prefix(longestPlace))…" : shown
    }

    /// Characters of such a name: a path of this machine has 4096 at most, and a line number behind it.
    private static let longestPlace = 4200

    /// The report for programs.
    var json: JSONObject {
        var members: JSONObject = [
            "event": "failed", "number": .string(kind.number), "code": .string(kind.code), "message": .string(message),
        ]
        if let file { members["file"] = .string(file) }
        if let line { members["line"] = .integer(Int64(line)) }
        if let hint { members["hint"] = .string(hint) }
        return members
    }
}
