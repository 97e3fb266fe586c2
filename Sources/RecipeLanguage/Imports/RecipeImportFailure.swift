internal import LuaHost
internal import ServerPilot

/// The reason why a module cannot be imported.
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
