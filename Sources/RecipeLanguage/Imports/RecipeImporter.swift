internal import LuaHost
internal import ServerPilot

/// A source of the modules that recipes import.
public protocol RecipeImporter: Sendable {
    /// Returns the module of a name, as written in `import "…"`.
    ///
    /// - Parameters:
    ///   - name: the name.
    ///   - importer: the identity of the importing module; `nil` for the recipe itself.
    /// - Returns: the module.
    /// - Throws: `RecipeImportFailure`.
    func module(_ name: String, for importer: String?) async throws(RecipeImportFailure) -> RecipeModule
}
