internal import ServerPilot

extension RecipeFetcher {
    /// What comparing a lock with its repositories and addresses came to.
    package struct Verification: Sendable {
        /// The recipes that have there what the lock has, in its order.
        package var same: [RecipeLocator] = []
        /// What is wrong with the others, in that order.
        package var problems: [SharingError] = []
    }

    /// Compares the lock with the repositories and addresses themselves: what each version stands for there now, and the
    /// bytes of every file.
    ///
    /// All of it is fetched anew. Neither the cache nor the vendor folder counts, and neither is changed, nor is the
    /// lock. A branch may have moved; its commit and the files of that have to be there.
    ///
    /// - Throws: `SharingError`: `unwritable`, `cancelled`, `gitMissing`; all else is among the problems.
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
                .movedTag, "'\(locator.ref)' was a \(entry.kind.rawValue), and is a \(now.kind.rawValue) now")
        }
        let revision = GitRevision(kind: entry.kind, commit: entry.commit)
        for (path, hash) in entry.files.sorted(by: { $0.key < $1.key }) {
            let bytes = try await source.bytes(path.description, of: locator, revision)
            guard ContentHash(of: bytes) == hash else {
                throw SharingError(
                    .changed, "'\(path)' has another hash than \(RecipeLock.fileName) has for it",
                    hint: "the lock was changed by hand or by somebody else; put it back from version control")
            }
        }
    }
}
