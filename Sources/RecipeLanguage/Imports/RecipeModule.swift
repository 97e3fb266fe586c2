internal import LuaHost
internal import ServerPilot

/// A Lua file that a recipe imports.
///
/// ```swift
/// func module(_ path: String, text: [UInt8], sha256: String) -> RecipeModule {
///     RecipeModule(identity: path, source: RecipeSource(name: path, text: text), digest: sha256, isOfProject: false)
/// }
/// ```
public struct RecipeModule: Hashable, Sendable {
    /// The identity of the module, such as the path of its file: import cycles are found by it.
    public var identity: String
    /// The text of the module, with its name in errors.
    public var source: RecipeSource
    /// A digest of the text, in hexadecimal.
    public var digest: String
    /// Whether the module belongs to its importer's project; a file without a header can only be imported from there.
    public var isOfProject: Bool

    /// Creates a module.
    public init(identity: String, source: RecipeSource, digest: String, isOfProject: Bool) {
        self.identity = identity
        self.source = source
        self.digest = digest
        self.isOfProject = isOfProject
    }
}
