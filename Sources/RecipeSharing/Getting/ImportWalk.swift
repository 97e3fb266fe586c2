internal import ServerPilot

/// Goes through all that recipes import, and holds what it finds until everything has been found.
struct ImportWalk {
    /// A recipe of a repository, with the files of that repository that it is made of.
    struct Recipe {
        let revision: GitRevision
        var files: [ByteExact: ContentHash]
        /// Who imported it first.
        let importer: String
    }

    var source: RemoteSource
    private(set) var recipes: [GitLocator: Recipe] = [:]
    private(set) var addresses: Set<HTTPSLocator> = []
    /// The bytes of all files of others.
    private(set) var contents: [ContentHash: [UInt8]] = [:]
    private var byteCount = 0
    private var visited: Set<ModuleSource.Place> = []

    init(source: RemoteSource) { self.source = source }

    /// Visits what an import means, and then what that imports.
    ///
    /// - Parameters:
    ///   - target: what the import means.
    ///   - chain: the modules that have led here, the outermost first.
    ///   - importsOf: what a module imports.
    /// - Throws: `SharingError`, and what `importsOf` throws.
    mutating func visit(
        _ target: ImportTarget, from chain: [ModuleSource], importsOf: (ModuleSource) async throws -> [String]
    ) async throws {
        let module = try await module(target, importer: chain.last?.displayName)
        if let first = chain.firstIndex(where: { $0.isSame(as: module) }) {
            let names = (chain[first...] + [module]).map(\.displayName)
            throw SharingError(
                .cycle, "recipes import each other in a circle: \(names.joined(separator: " → "))",
                hint: "move what both need to a third recipe")
        }
        guard visited.insert(module.place).inserted else { return }
        guard visited.count <= SharingLimits.mostModules else {
            throw SharingError(.tooLarge, "more than \(SharingLimits.mostModules) modules are imported")
        }
        guard chain.count < SharingLimits.deepestImport else {
            throw SharingError(
                .tooLarge, "'\(module.displayName)' is imported through more than \(SharingLimits.deepestImport) others"
            )
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
                    throw SharingError(.notLocked, "'\(locator)' has not been got")
                }
                if let name, source.resolver.shipped[name] != nil {
                    // Only then is it no mistake that the repository has no such file.
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
            throw SharingError(.tooLarge, "what is imported has more than \(SharingLimits.largestClosure) bytes in all")
        }
        return hash
    }

    private static func shown(_ importer: String?) -> String { importer ?? "you" }

    /// A recipe has one version in all that is got together; two names of one commit are no two versions.
    private func checkIsOneVersion(
        _ locator: GitLocator, _ revision: GitRevision, _ importer: String?
    ) throws(SharingError) {
        let other = recipes.first { other, recipe in
            other.isOfSameRecipe(as: locator) && recipe.revision.commit != revision.commit
        }
        guard let (other, recipe) = other else { return }
        throw SharingError(
            .twoVersions,
            "one recipe is wanted at two commits: '\(other)' (\(recipe.revision.commit.short)) by \(recipe.importer), "
                + "and '\(locator)' (\(revision.commit.short)) by \(Self.shown(importer))",
            hint: "make both import the same version")
    }
}
