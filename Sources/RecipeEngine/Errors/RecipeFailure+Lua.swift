internal import LuaHost
internal import ServerPilot

extension RecipeFailure {
    /// The run was stopped from outside the recipe, where it just was.
    init(_ reason: RunStop, at place: RecipeFailure?, redactor: Redactor, summary: RunSummary) {
        self.init(
            code: reason.code, message: redactor.redact(reason.message), site: place?.site, excerpt: place?.excerpt,
            frames: place?.frames ?? [], hint: reason.hint, summary: summary)
        if case .undecided(let undecided, _, _) = reason { choices = undecided.decisions }
    }

    /// The failure that a Lua error is.
    init(_ error: LuaError, sources: [RecipeSource], redactor: Redactor, summary: RunSummary) {
        let cause = Cause(error)
        let site = Self.innermost(error).site ?? error.site
        self.init(
            code: cause.code, message: redactor.redact(cause.message), site: site?.redacted(by: redactor),
            excerpt: site.flatMap { site in
                sources.first { $0.name == site.source }.flatMap { source in
                    Excerpt(of: source, at: site.line, token: cause.token, redactor: redactor)
                }
            },
            frames: error.frames.map { $0.redacted(by: redactor) }, hint: cause.hint, summary: summary)
    }

    /// Of an error in `sp.all` or `sp.each`, the error of the item: that is where the fault is.
    private static func innermost(_ error: LuaError) -> LuaError {
        switch error.underlying {
        case let failure as ItemFailure: innermost(failure.error)
        case let failure as ModuleFailure: innermost(failure.error)
        case let failure as LuaConcurrentFailure: innermost(failure.error)
        default: error
        }
    }

    /// What lies at the bottom of a Lua error.
    private struct Cause {
        var code: String
        var message: String
        var hint: String?
        var token: String?

        init(_ error: LuaError) {
            code = Self.code(of: error)
            message = error.message
            hint = Self.hint(for: error)
            // Of a syntax error, Lua quotes the word that it stopped at, which may stand in the line several times.
            token = error.code == .syntax ? nil : Self.quotedWord(in: error.message)
            switch error.underlying {
            case let cause as RecipeError:
                code = cause.code
                hint = cause.hint
                token = cause.token
            case let cause as LuaArgumentError:
                code = "bad_argument"
                token = String(cause.function.split(separator: ".").last ?? "")
            case let failure as ItemFailure:
                let inner = Cause(failure.error)
                code = inner.code
                hint = inner.hint
                token = inner.token
            case let failure as LuaConcurrentFailure: self = Cause(failure.error)
            case let failure as ModuleFailure: self = Cause(failure.error)
            case let cause as any LuaErrorConvertible:
                if case .string(let ownCode) = cause.luaValue["code"] { code = ownCode }
            default: break
            }
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
            case .memory: "the recipe holds too much at once: work on fewer things at a time"
            case .cpuBudget: "the recipe computes without end, or far longer than any recipe should"
            default: nil
            }
        }

        /// The first word in quotes, which names what the error is about.
        private static func quotedWord(in message: String) -> String? {
            let parts = message.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
            return parts.count == 3 && !parts[1].isEmpty ? String(parts[1]) : nil
        }
    }
}

extension LuaError {
    /// The error that a recipe would have got, where there is no call of the recipe that gets it.
    init(raised error: RecipeError) {
        self.init(code: .runtime, message: error.message, value: .table(error.luaValue), underlying: error)
    }
}
