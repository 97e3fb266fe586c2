internal import LuaHost
internal import ServerPilot

/// A source of the modules that recipes import.
///
/// ```swift
/// struct Modules: RecipeImporter {
///     let modules: [String: RecipeModule]
///
///     func module(_ name: String, for importer: String?) async throws(RecipeImportFailure) -> RecipeModule {
///         guard let module = modules[name] else { throw RecipeImportFailure("there is no module '\(name)'") }
///         return module
///     }
/// }
/// ```
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
