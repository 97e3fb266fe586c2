internal import DurableSteps
internal import LuaHost
internal import OrderedCollections
public import RecipeLanguage

/// The headers of a recipe and of its imports, read without running the recipe.
///
/// ```swift
/// func parameters(of source: RecipeSource) async throws -> [String] {
///     let description = try await RecipeEngine.describe(source)
///     for module in description.imports { print("imports \(module.name)", module.problem ?? "") }
///     return description.header?.parameters.map(\.name) ?? []
/// }
/// ```
public struct RecipeDescription: Sendable {
    /// A module that the recipe, or one of its modules, imports.
    public struct Import: Sendable {
        /// The name of the module in errors.
        public let name: String
        /// The name of the importing module.
        public let importer: String
        /// The header of the module; `nil` for a file of the project without a header.
        public let header: RecipeHeader?
        /// Whether the module is imported only when its importer runs.
        public var isLater = false
        /// The reason why the module cannot be read; `nil` if it was read.
        public var problem: String?
    }

    /// The header of the recipe; `nil` for a plain script.
    public let header: RecipeHeader?
    /// The imports, direct and indirect, in the order in which they are read.
    ///
    /// They include imports at run time, if the name is written as a literal.
    public let imports: [Import]
}

extension RecipeEngine {
    /// Reads the header of a recipe; none of its code can do anything meanwhile.
    ///
    /// - Parameters:
    ///   - source: the recipe.
    ///   - surroundings: the source of its imports.
    ///   - limits: the limits for reading it.
    /// - Returns: the description; a plain script has no header and does not run.
    /// - Throws: `RecipeFailure` if the recipe or one of its imports cannot be read.
    public static func describe(
        _ source: RecipeSource, surroundings: RecipeSurroundings = RecipeSurroundings(),
        limits: RunLimits = RunLimits()
    ) async throws(RecipeFailure) -> RecipeDescription {
        let session = RunSession.idle(limits)
        let loader = RecipeLoader(session, surroundings, parameters: [:], looksAhead: true)
        do throws(LuaError) {
            let overrun = surroundings.overrun.map { tell in { @Sendable error in session.overran(error, tell) } }
            let host = try LuaHost(
                configuration: LuaHostConfiguration(
                    limits: limits.lua, overrun: overrun, processMemory: surroundings.processMemory,
                    isolation: surroundings.isolation))
            let (chunk, realm) = try await loader.root(source, on: host)
            let hasHeader = realm.isLoading
            if hasHeader { _ = try await host.call(chunk) }
            try await loader.lookAhead(source, of: realm, on: host)
            guard hasHeader else { return RecipeDescription(header: nil, imports: loader.imports) }
            do throws(RecipeError) {
                return RecipeDescription(header: try loader.header(of: realm)?.header, imports: loader.imports)
            } catch {
                throw LuaError(raised: error)
            }
        } catch {
            throw session.failure(error, in: [source] + loader.sources)
        }
    }
}
