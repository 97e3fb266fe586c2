internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeEngine

/// A failure as shown to people and programs: message, location, the line with carets, a hint, the code.
struct FailureReport {
    let kind: FailureKind
    let message: String
    var file: String?
    var line: Int?
    var excerpt: RecipeFailure.Excerpt?
    var calls: [String] = []
    var hint: String?

    /// The number of calls shown, innermost first; a deep recursion has thousands.
    private static let shownCalls = 8

    /// Creates the report of any error that reaches the user.
    init(_ error: any Error) {
        if let failure = error as? RecipeFailure { self.init(failure) } else { self.init(CommandFailure(error)) }
    }

    private init(_ failure: CommandFailure) {
        kind = FailureCatalogue.kind(failure.code)
        message = failure.message
        hint = failure.hint
    }

    private init(_ failure: RecipeFailure) {
        kind = FailureCatalogue.kind(failure.code)
        message = failure.message
        file = failure.site?.source
        line = failure.site?.line
        excerpt = failure.excerpt
        hint = failure.hint
        let callers = failure.frames.filter { $0.line != nil }.dropFirst()
        calls = callers.prefix(Self.shownCalls).map { "\($0.source):\($0.line ?? 0) in \($0.function)" }
    }

    /// The margin of further lines of a message, which can be the text of a recipe or an API.
    private static let bar = "  | "

    /// Returns the report for people, in several lines.
    func text(on page: Page) -> String {
        let (style, width) = (page.style, page.width)
        if kind.code == StepFailure.cancelled {
            // The user stopped it: no fault to explain, but the line shows how far the recipe came.
            let place = file.map { file in " at \(Self.place(file))\(line.map { ":\($0)" } ?? "")" } ?? ""
            return style.yellow("interrupted\(place)")
        }
        let label = "error[\(kind.number)]:"
        let rest = message.behind(Self.bar, after: label.count + 1, width: width)
        var lines = ["\(style.red(label)) \(style.bold(rest))"]
        let shownLine = line.map { $0 + (excerpt?.offset ?? 0) }
        let margin = String(repeating: " ", count: shownLine.map { String($0).count } ?? 1)
        if let file, let shownLine {
            lines.append("\(margin)\(style.blue("-->")) \(Self.place(file)):\(shownLine)")
            if let excerpt {
                let shown = ShownExcerpt(excerpt, width: width.map { $0 - margin.count - 3 })
                lines.append("\(margin) \(style.blue("|"))")
                lines.append("\(style.blue("\(shownLine) |")) \(shown.text)")
                lines.append("\(margin) \(style.blue("|")) \(shown.pad)\(style.red(shown.carets))")
            }
        }
        for call in calls { lines.append("\(margin) \(style.blue("=")) called from \(Self.place(call))") }
        if let hint {
            let indent = String(repeating: " ", count: margin.count + 9)
            let rest = hint.behind("\(indent)| ", after: indent.count, width: width)
            lines.append("\(margin) \(style.blue("=")) \(style.bold("hint:")) \(rest)")
        }
        lines.append("\(margin) \(style.blue("=")) more: sprun explain \(kind.number)")
        return lines.joined(separator: "\n")
    }

    /// Returns the name of a chunk or a function on one line; the recipe chooses such names.
    private static func place(_ text: String) -> String {
        let shown = text.withoutControls
        return shown.count > longestPlace ? "\(shown.prefix(longestPlace))…" : shown
    }

    /// The largest number of characters of such a name: a path has up to 4096, followed by a line number.
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
