internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// What a recipe says of itself and of what it imports, read without running it.
public struct RecipeDescription: Sendable {
    /// A module that the recipe, or a module of it, imports.
    public struct Import: Sendable {
        /// What errors call it.
        public let name: String
        /// Who imports it.
        public let importer: String
        /// What it says of itself; `nil` of a file of the project that has no header.
        public let header: RecipeHeader?
        /// Whether it is imported only when its importer runs.
        public var isLater = false
        /// Why it cannot be read; `nil` where it was.
        public var problem: String?
    }

    /// What it says; `nil` of a plain script.
    public let header: RecipeHeader?
    /// What it imports, and what that imports, in the order in which it is read; also what is imported later than the
    /// header, as far as its name is written out.
    public let imports: [Import]
}

extension RecipeEngine {
    /// Reads what a recipe says of itself; nothing of it can do anything meanwhile.
    ///
    /// - Parameters:
    ///   - source: the recipe.
    ///   - surroundings: where its imports come from.
    ///   - limits: what reading it may use.
    /// - Returns: what it says; of a plain script nothing, and nothing of it has run.
    /// - Throws: `RecipeFailure` where the recipe or one that it imports cannot be read.
    public static func describe(
        _ source: RecipeSource, surroundings: RecipeSurroundings = RecipeSurroundings(),
        limits: RunLimits = RunLimits()
    ) async throws(RecipeFailure) -> RecipeDescription {
        let session = RunSession(
            transport: NoTransport(), time: NoTime(), limits: limits, random: { 0 },
            recorder: RunRecorder(nil, time: NoTime()),
            keepSecret: { _, _ in }, events: { _ in })
        let loader = RecipeLoader(session, surroundings, parameters: [:], looksAhead: true)
        do throws(LuaError) {
            let overrun = surroundings.overrun.map { tell in { @Sendable in session.overran(tell) } }
            let host = try LuaHost(
                configuration: LuaHostConfiguration(
                    limits: limits.lua, overrun: overrun, isolation: surroundings.isolation))
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
            throw RecipeFailure(
                error, sources: [source] + loader.sources, redactor: session.redactor, summary: session.summary)
        }
    }
}
