internal import Groundwork

/// A walk over all direct and indirect imports of recipes, which keeps all bytes in memory until it is complete.
struct ImportWalk {
    /// A recipe in a repository, with the files that it uses from that repository.
    struct Recipe {
        let revision: GitRevision
        var files: [ByteExact: ContentHash]
        /// The name of the first importer.
        let importer: String
    }

    var source: RemoteSource
    private(set) var recipes: [GitLocator: Recipe] = [:]
    private(set) var addresses: Set<HTTPSLocator> = []
    /// The bytes of all files from repositories and addresses, by hash.
    private(set) var contents: [ContentHash: [UInt8]] = [:]
    private var byteCount = 0
    private var visited: Set<ModuleSource.Place> = []

    init(source: RemoteSource) { self.source = source }

    /// Visits the module of an import and then, recursively, that module's imports.
    ///
    /// - Parameters:
    ///   - target: The resolved import.
    ///   - chain: The modules that led to this import, outermost first.
    ///   - importsOf: Returns the imports of a module.
    /// - Throws: `SharingError`, and errors of `importsOf`.
    mutating func visit(
        _ target: ImportTarget, from chain: [ModuleSource], importsOf: (ModuleSource) async throws -> [String]
    ) async throws {
        let module = try await module(target, importer: chain.last?.displayName)
        if let first = chain.firstIndex(where: { $0.isSame(as: module) }) {
            let names = (chain[first...] + [module]).map(\.displayName)
            throw SharingError(
                .cycle, "circular import: \(names.joined(separator: " → "))",
                hint: "move the shared code into a third recipe")
        }
        guard visited.insert(module.place).inserted else { return }
        guard visited.count <= SharingLimits.mostModules else {
            throw SharingError(.tooLarge, "the recipe imports more than \(SharingLimits.mostModules) modules")
        }
        guard chain.count < SharingLimits.deepestImport else {
            throw SharingError(
                .tooLarge, "'\(module.displayName)' is nested deeper than \(SharingLimits.deepestImport) imports")
        }
        for text in try await importsOf(module) {
            let next: ImportTarget
            do throws(SharingError) {
                next = try ImportTarget(RecipeLocator(text), from: module, folder: source.resolver.folder)
                try await source.check(next, for: module)
            } catch {
                throw error.imported(text, by: module.displayName)
            }
            try await visit(next, from: chain + [module], importsOf: importsOf)
        }
    }

    private mutating func module(_ target: ImportTarget, importer: String?) async throws(SharingError) -> ModuleSource {
        do throws(SharingError) {
            switch target {
            case .file, .shipped: return try source.resolver.local.module(target)
            case .git(let locator):
                let revision = try await source.revision(of: locator)
                try checkIsOneVersion(locator, revision, importer)
                if recipes[locator] == nil {
                    recipes[locator] = Recipe(revision: revision, files: [:], importer: Self.shown(importer))
                }
                let bytes = try await source.bytes(locator.path, of: locator, revision)
                return try gitModule(bytes, locator, revision.commit, path: locator.path)
            case .sibling(let locator, let commit, let path, let name):
                guard let revision = recipes[locator]?.revision, revision.commit == commit else {
                    throw SharingError(.notLocked, "'\(locator)' has not been fetched")
                }
                if let name, source.resolver.shipped[name] != nil {
                    // Only with a shipped recipe of this name may the file be missing in the repository.
                    guard let bytes = try await source.find(path, of: locator, revision) else {
                        return try source.resolver.local.module(.shipped(name))
                    }
                    return try gitModule(bytes, locator, commit, path: path)
                }
                let bytes = try await source.bytes(path, of: locator, revision)
                return try gitModule(bytes, locator, commit, path: path)
            case .https(let locator):
                let bytes = try await source.bytes(locator)
                addresses.insert(locator)
                try hold(bytes)
                return ModuleSource(place: .https(locator), displayName: "\(locator.url)", text: bytes)
            }
        } catch {
            guard let importer, error.code != .movedTag, error.code != .twoVersions else { throw error }
            throw SharingError(error.code, "\(error.message) (imported by \(importer))", hint: error.hint)
        }
    }

    private mutating func gitModule(
        _ bytes: [UInt8], _ locator: GitLocator, _ commit: CommitID, path: String
    ) throws(SharingError) -> ModuleSource {
        let hash = try hold(bytes)
        recipes[locator]?.files[ByteExact(path)] = hash
        return ModuleSource(
            place: .git(locator, commit, path: path), displayName: "\(locator.file(path))", text: bytes)
    }

    @discardableResult
    private mutating func hold(_ bytes: [UInt8]) throws(SharingError) -> ContentHash {
        let hash = ContentHash(of: bytes)
        if contents.updateValue(bytes, forKey: hash) == nil { byteCount += bytes.count }
        guard byteCount <= SharingLimits.largestClosure else {
            throw SharingError(.tooLarge, "the imports have more than \(SharingLimits.largestClosure) bytes in total")
        }
        return hash
    }

    private static func shown(_ importer: String?) -> String { importer ?? "you" }

    /// Throws if another commit of the same recipe was requested; two names of the same commit are allowed.
    private func checkIsOneVersion(
        _ locator: GitLocator, _ revision: GitRevision, _ importer: String?
    ) throws(SharingError) {
        let other = recipes.first { other, recipe in
            other.isOfSameRecipe(as: locator) && recipe.revision.commit != revision.commit
        }
        guard let (other, recipe) = other else { return }
        throw SharingError(
            .twoVersions,
            "two commits of a recipe are imported: '\(other)' (\(recipe.revision.commit.short)) by \(recipe.importer), "
                + "and '\(locator)' (\(revision.commit.short)) by \(Self.shown(importer))",
            hint: "make both import the same version")
    }
}
