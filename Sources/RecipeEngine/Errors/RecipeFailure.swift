public import LuaHost

/// Why a run did not come to its end: everything that a report for people needs, free of secrets.
public struct RecipeFailure: Error, Sendable, CustomStringConvertible {
    /// The line of the recipe that the failure is about.
    public struct Excerpt: Hashable, Sendable {
        /// The text of the line, with tabs as they are.
        public let line: String
        /// The column of the first character to point at, from 0, in characters.
        public let column: Int
        /// How many characters to point at, at least 1.
        public let width: Int
        /// How many lines below the failure's place the line stands: the arguments of a call can have lines of their own.
        public let offset: Int
    }

    /// A stable word: of `RecipeError.code`, or `syntax`, `lua_error`, `memory_limit`, `cpu_limit`, `cancelled`, ….
    public let code: String
    /// What happened, in one line where the recipe itself says no more.
    public let message: String
    /// Where.
    public let site: LuaCallSite?
    /// The line of the recipe.
    public let excerpt: Excerpt?
    /// The calls that were active, innermost first.
    public let frames: [LuaFrame]
    /// What to do about it.
    public let hint: String?
    /// What had been done by then.
    public let summary: RunSummary
    /// What can be decided, where a person must decide.
    public var choices: [EffectDecision] = []

    /// Place and message.
    public var description: String { site.map { "\($0): \(message)" } ?? message }
}
