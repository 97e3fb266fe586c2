internal import ServerPilot

/// Gets recipes of others: asks their repositories what a version stands for, fetches that with all that it imports,
/// and says what the lock has to be then.
package struct RecipeFetcher: Sendable {
    /// The lock as it is, what ships, and where files are kept.
    package let resolver: RecipeResolver
    let git: GitProgram
    let download: (any RecipeDownload)?
    /// Whether a host is in this machine's network.
    let isInside: @Sendable (String) async -> Bool

    /// A fetcher for a project.
    ///
    /// - Parameters:
    ///   - resolver: that of the project.
    ///   - git: the user's.
    ///   - download: `nil` where nothing can be got from an address.
    ///   - isInside: whether the name of a host leads into this machine's network, where recipes from elsewhere import
    ///     nothing; without it the name alone counts.
    package init(
        resolver: RecipeResolver, git: GitProgram, download: (any RecipeDownload)? = nil,
        isInside: @escaping @Sendable (String) async -> Bool = { _ in false }
    ) {
        self.isInside = isInside
        self.resolver = resolver
        self.git = git
        self.download = download
    }

    /// Gets recipes and all that they import.
    ///
    /// Files and recipes of the project can be asked for too: then what they import is got.
    ///
    /// Nothing but the cache is written, and that only when everything has been fetched: the caller shows the changes,
    /// and writes the lock.
    ///
    /// - Parameters:
    ///   - locators: what is asked for.
    ///   - options: how.
    ///   - importsOf: what a module imports, as it is written there.
    /// - Returns: the lock to write, and what is different in it.
    /// - Throws: what `importsOf` throws, and `SharingError`: those of `RecipeResolver.resolve`, `movedTag`,
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

    /// Fetches what the lock names and is neither in the vendor folder nor whole in the cache; the lock stays as it is.
    ///
    /// - Returns: the locators of what was fetched, sorted as in the lock.
    /// - Throws: `SharingError`: `missingRef` where a commit is gone, `changed` where it has other bytes than the lock
    ///   has, and what `get` throws for repositories and addresses. The cache is written when all was fetched.
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
                        "'\(locator.file(path.description))' has another hash than \(RecipeLock.fileName) has for it",
                        hint: "the lock was changed by hand or by somebody else; put it back from version control")
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
