internal import LuaHost
internal import ServerPilot

/// The reason why a module cannot be imported.
///
/// ```swift
/// func text(_ name: String, in modules: [String: [UInt8]]) throws(RecipeImportFailure) -> [UInt8] {
///     guard let text = modules[name] else {
///         throw RecipeImportFailure("there is no module '\(name)'", hint: "known: \(modules.keys.sorted())")
///     }
///     return text
/// }
/// ```
public struct RecipeImportFailure: Error, Sendable {
    /// A description of the problem, in one line.
    public var message: String
    /// A suggested remedy.
    public var hint: String?

    /// Creates a failure.
    public init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}
