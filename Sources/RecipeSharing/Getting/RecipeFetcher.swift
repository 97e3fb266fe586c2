internal import Groundwork

/// A fetcher of other people's recipes: it resolves versions, fetches all imports and computes the new lock.
package struct RecipeFetcher: Sendable {
    /// The current lock, the shipped recipes and the cache.
    package let resolver: RecipeResolver
    let git: GitProgram
    let download: (any RecipeDownload)?
    /// Whether a host name leads into this machine's network.
    let isInside: @Sendable (String) async -> Bool

    /// Creates a fetcher for a project.
    ///
    /// - Parameters:
    ///   - resolver: The resolver of the project.
    ///   - git: The user's git.
    ///   - download: The HTTPS client; `nil` if downloads from addresses are not possible.
    ///   - isInside: Whether a host name leads into this machine's network. Recipes from elsewhere may not import from
    ///     there. By default, only the text of the name is checked.
    package init(
        resolver: RecipeResolver, git: GitProgram, download: (any RecipeDownload)? = nil,
        isInside: @escaping @Sendable (String) async -> Bool = { _ in false }
    ) {
        self.isInside = isInside
        self.resolver = resolver
        self.git = git
        self.download = download
    }

    /// Fetches recipes and all their imports.
    ///
    /// The locators can also name files and recipes of the project; then their imports are fetched.
    ///
    /// Writes only to the cache, once all fetches have succeeded. The caller shows the changes and writes the lock.
    ///
    /// - Parameters:
    ///   - locators: The recipes to fetch.
    ///   - options: The options of this fetch.
    ///   - importsOf: Returns the locators that a module imports, as its text contains them.
    /// - Returns: The new lock and its changes.
    /// - Throws: Errors of `importsOf`, and `SharingError`: those of `RecipeResolver.resolve`, `movedTag`,
    ///   `twoVersions`, `cycle`, `missingRef`, `missingFile`, `notRegularFile`, `tooLarge`, `missingRepository`,
    ///   `denied`, `unreachable`, `gitMissing`, `timedOut`, `gitFailed`, `downloadFailed`, `wrongHash`.
    package func get(
        _ locators: [RecipeLocator], options: FetchOptions = FetchOptions(),
        importsOf: (ModuleSource) async throws -> [String]
    ) async throws -> FetchResult {
        var walk = ImportWalk(source: source(acceptsMovedTags: options.acceptsMovedTags))
        for locator in locators {
            let target = try ImportTarget(locator, from: nil, folder: resolver.folder)
            try await walk.visit(target, from: [], importsOf: importsOf)
        }
        var comparison = LockComparison(
            walk: walk, lock: resolver.lock, store: resolver.store, removesUnused: options.removesUnused)
        let result = try await comparison.result()
        for bytes in walk.contents.values { try resolver.store.cache.keep(bytes) }
        return result
    }

    /// Fetches the locked files that neither the vendor folder nor the cache has intact; does not change the lock.
    ///
    /// - Returns: The locators of the fetched recipes, in the order of the lock.
    /// - Throws: `SharingError`: `missingRef` if a commit no longer exists, `changed` if a file does not match the
    ///   lock, and the errors of `get` for repositories and addresses. The cache is written after all fetches.
    package func restore() async throws(SharingError) -> [RecipeLocator] {
        let source = source(acceptsMovedTags: false)
        var fetched: [RecipeLocator] = []
        var contents: [[UInt8]] = []
        for (locator, entry) in resolver.lock.git.sorted(by: { $0.key < $1.key }) {
            let missing = entry.files.filter { path, hash in
                ((try? resolver.store.bytes(locator, entry.commit, path: path.description, hash)) ?? nil) == nil
            }
            if missing.isEmpty { continue }
            let revision = GitRevision(kind: entry.kind, commit: entry.commit)
            for (path, hash) in missing {
                let bytes = try await source.bytes(path.description, of: locator, revision)
                guard ContentHash(of: bytes) == hash else {
                    throw SharingError(
                        .changed,
                        "the hash of '\(locator.file(path.description))' differs from \(RecipeLock.fileName)",
                        hint: "someone edited the lock file: restore it from version control")
                }
                contents.append(bytes)
            }
            fetched.append(.git(locator))
        }
        for locator in resolver.lock.https.sorted() where ((try? resolver.store.bytes(locator)) ?? nil) == nil {
            contents.append(try await source.bytes(locator))
            fetched.append(.https(locator))
        }
        for bytes in contents { try resolver.store.cache.keep(bytes) }
        return fetched
    }

    func source(acceptsMovedTags: Bool) -> RemoteSource {
        RemoteSource(
            resolver: resolver, git: git, download: download, acceptsMovedTags: acceptsMovedTags, isInside: isInside)
    }
}
