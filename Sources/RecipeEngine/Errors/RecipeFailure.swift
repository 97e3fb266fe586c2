public import DurableSteps
public import LuaHost

/// The failure of a run: everything that a report for people needs, without secrets.
///
/// ```swift
/// func report(_ failure: RecipeFailure) {
///     print("\(failure.code): \(failure)")  // not_found: site.lua:12: …
///     if let excerpt = failure.excerpt {
///         print(excerpt.line)
///         print(String(repeating: " ", count: excerpt.column) + String(repeating: "^", count: excerpt.width))
///     }
///     if let hint = failure.hint { print("hint: \(hint)") }
/// }
/// ```
public struct RecipeFailure: Error, Sendable, CustomStringConvertible {
    /// The line of the recipe that the failure is about.
    public struct Excerpt: Hashable, Sendable {
        /// The text of the line, including tabs.
        public let line: String
        /// The column of the first character to point at, in characters from 0.
        public let column: Int
        /// The number of characters to point at, at least 1.
        public let width: Int
        /// The number of lines from the failure's place down to this line: arguments of a call can have lines of their
        /// own.
        public let offset: Int
    }

    /// A stable code: `RecipeError.code`, or `syntax`, `lua_error`, `memory_limit`, `cpu_limit`, `cancelled`, ….
    public let code: String
    /// A description of the failure, in one line unless the recipe's own error has more.
    public let message: String
    /// The place of the failure.
    public let site: LuaCallSite?
    /// The line of the recipe.
    public let excerpt: Excerpt?
    /// The active calls, innermost first.
    public let frames: [LuaFrame]
    /// A suggested remedy.
    public let hint: String?
    /// The counts at that time.
    public let summary: RunSummary
    /// The possible decisions, if a person must decide.
    public var choices: [EffectDecision] = []

    /// The place and the message.
    public var description: String { site.map { "\($0): \(message)" } ?? message }
}
