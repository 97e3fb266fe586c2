internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import RecipeLanguage

extension RecipeFailure {
    /// Creates the failure of a run that was stopped from outside the recipe, at the place that the recipe had reached.
    init(_ reason: RunStop, at place: RecipeFailure?, redactor: Redactor, summary: RunSummary) {
        self.init(
            code: reason.code, message: redactor.redact(reason.message), site: place?.site, excerpt: place?.excerpt,
            frames: place?.frames ?? [], hint: reason.hint, summary: summary)
        if case .step(.undecided(let undecided, _)) = reason { choices = undecided.decisions }
    }

    /// Creates the failure of a Lua error.
    init(_ error: LuaError, sources: [RecipeSource], redactor: Redactor, summary: RunSummary) {
        let cause = Cause(error)
        let innermost = Self.innermost(error)
        let site = innermost.site ?? error.site
        let source = site.flatMap { site in sources.first { $0.name == site.source } }
        let line = site?.line ?? 0
        let slip = source.flatMap { LuaSlip.hint(for: innermost, in: $0, at: line) }
        self.init(
            code: cause.code, message: redactor.redact(cause.message), site: site?.redacted(by: redactor),
            excerpt: source.flatMap {
                Excerpt(of: $0, at: line, token: cause.token, function: cause.function, redactor: redactor)
            },
            frames: error.frames.map { $0.redacted(by: redactor) }, hint: cause.hint ?? slip.map(redactor.redact),
            summary: summary)
    }

    /// Returns the innermost error: for `sp.all` and `sp.each`, the error of the item, where the fault is.
    private static func innermost(_ error: LuaError) -> LuaError {
        switch error.underlying {
        case let failure as ItemFailure: innermost(failure.error)
        case let failure as CollectedFailure: innermost(failure.failures[0].error)
        case let failure as ModuleFailure: innermost(failure.error)
        case let failure as LuaConcurrentFailure: innermost(failure.error)
        default: error
        }
    }

    /// The root cause of a Lua error.
    private struct Cause {
        var code: String
        var message: String
        var hint: String?
        var token: String?
        /// The function whose arguments `token` is about.
        var function: String?

        init(_ error: LuaError) {
            code = Self.code(of: error)
            message = error.message
            hint = Self.hint(for: error)
            // In a syntax error, Lua quotes the word that it stopped at, which may appear in the line several times.
            token =
                error.code == .syntax
                ? nil : Self.quotedWord(in: error.message).map { $0 + Self.use(in: error.message) }
            switch error.underlying {
            case let cause as RecipeError:
                code = cause.code
                hint = cause.hint
                token = cause.token
                function = cause.operation
            case let cause as LuaArgumentError:
                code = "bad_argument"
                token = String(cause.function.split(separator: ".").last ?? "")
            case let failure as ItemFailure:
                self = Cause(failure.error)
                message = error.message
            case let failure as LuaConcurrentFailure: self = Cause(failure.error)
            case let failure as ModuleFailure: self = Cause(failure.error)
            case let cause as any LuaErrorConvertible:
                if case .string(let ownCode) = cause.luaValue["code"] { code = ownCode }
            default: break
            }
        }

        /// Returns the mark of `LineOfCode.place` for how the word of Lua's message is used; empty for other uses.
        private static func use(in message: String) -> String {
            message.hasPrefix("attempt to index") ? "." : message.hasPrefix("attempt to call") ? "(" : ""
        }

        private static func code(of error: LuaError) -> String {
            switch error.code {
            case .syntax: "syntax"
            case .memory: "memory_limit"
            case .cpuBudget: "cpu_limit"
            case .cancelled: "cancelled"
            case .depth: "depth_limit"
            case .values: "bad_value"
            case .host: "host"
            default: "lua_error"
            }
        }

        private static func hint(for error: LuaError) -> String? {
            switch error.code {
            case .memory: "the recipe uses too much memory: process fewer items at a time"
            case .cpuBudget: "the recipe computed for too long: check it for an endless loop"
            default: nil
            }
        }

        /// Returns the first word in quotes, which names the subject of the error.
        private static func quotedWord(in message: String) -> String? {
            let parts = message.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
            return parts.count == 3 && !parts[1].isEmpty ? String(parts[1]) : nil
        }
    }
}

extension LuaError {
    /// Creates the error that a recipe would get, for a failure outside its calls.
    init(raised error: RecipeError) {
        self.init(code: .runtime, message: error.message, value: .table(error.luaValue), underlying: error)
    }
}
