internal import Groundwork

extension RecipeFetcher {
    /// The result of comparing a lock with its repositories and addresses.
    package struct Verification: Sendable {
        /// The recipes that match the lock, in the order of the lock.
        package var same: [RecipeLocator] = []
        /// The failures of the other recipes, in the same order.
        package var problems: [SharingError] = []
    }

    /// Compares the lock with the repositories and addresses: the current commit of each version and all file bytes.
    ///
    /// Fetches everything again. Neither the cache nor the vendor folder is used, and neither they nor the lock are
    /// changed. A branch may have moved, but its locked commit and that commit's files must still exist.
    ///
    /// - Throws: `SharingError`: `unwritable`, `cancelled`, `gitMissing`; all other errors become `problems`.
    package func verify() async throws(SharingError) -> Verification {
        let folder = try resolver.store.cache.makeWorkFolder()
        defer { StoredFile.removeAll(folder) }
        let fresh = RecipeFetcher(
            resolver: RecipeResolver(
                folder: resolver.folder, lock: resolver.lock, cache: RecipeCache(folder: folder),
                shipped: resolver.shipped), git: git, download: download)
        var source = fresh.source(acceptsMovedTags: false)
        var result = Verification()
        for (locator, entry) in resolver.lock.git.sorted(by: { $0.key < $1.key }) {
            do throws(SharingError) {
                try await Self.verify(locator, entry, &source)
                result.same.append(.git(locator))
            } catch {
                if [.cancelled, .gitMissing].contains(error.code) { throw error }
                result.problems.append(SharingError(error.code, "\(locator): \(error.message)", hint: error.hint))
            }
        }
        for locator in resolver.lock.https.sorted() {
            do throws(SharingError) {
                _ = try await source.bytes(locator)
                result.same.append(.https(locator))
            } catch {
                if error.code == .cancelled { throw error }
                result.problems.append(error)
            }
        }
        return result
    }

    private static func verify(
        _ locator: GitLocator, _ entry: RecipeLock.GitEntry, _ source: inout RemoteSource
    ) async throws(SharingError) {
        let now = try await source.revision(of: locator)
        guard now.kind == entry.kind else {
            throw SharingError(
                .movedTag, "'\(locator.ref)' was a \(entry.kind.rawValue) and is now a \(now.kind.rawValue)")
        }
        let revision = GitRevision(kind: entry.kind, commit: entry.commit)
        for (path, hash) in entry.files.sorted(by: { $0.key < $1.key }) {
            let bytes = try await source.bytes(path.description, of: locator, revision)
            guard ContentHash(of: bytes) == hash else {
                throw SharingError(
                    .changed, "the hash of '\(path)' differs from \(RecipeLock.fileName)",
                    hint: "someone edited the lock file: restore it from version control")
            }
        }
    }
}
