internal import Groundwork

/// A comparison of the lock that results from a walk with the current lock.
struct LockComparison {
    let walk: ImportWalk
    let lock: RecipeLock
    let store: RecipeStore
    let removesUnused: Bool

    init(walk: ImportWalk, lock: RecipeLock, store: RecipeStore, removesUnused: Bool) {
        self.walk = walk
        self.lock = lock
        self.store = store
        self.removesUnused = removesUnused
    }

    /// Returns the new lock and its differences from the current lock.
    ///
    /// - Throws: `SharingError`, `changed` if a file of a locked commit has another hash than in the lock.
    mutating func result() async throws(SharingError) -> FetchResult {
        var new = removesUnused ? RecipeLock() : lock
        var changes: [SharingChange] = []
        for (locator, recipe) in walk.recipes.sorted(by: { $0.key < $1.key }) {
            new.git[locator] = RecipeLock.GitEntry(
                kind: recipe.revision.kind, commit: recipe.revision.commit, files: recipe.files)
            changes.append(try await change(locator, recipe))
        }
        for locator in walk.addresses.sorted() {
            new.https.insert(locator)
            changes.append(change(locator))
        }
        for (locator, entry) in lock.git.sorted(by: { $0.key < $1.key }) where new.git[locator] == nil {
            changes.append(
                SharingChange(
                    locator: .git(locator), kind: .removed, from: .init(ref: locator.ref, commit: entry.commit),
                    to: nil, files: [], note: nil))
        }
        for locator in lock.https.sorted() where !new.https.contains(locator) {
            changes.append(
                SharingChange(
                    locator: .https(locator), kind: .removed, from: .init(ref: "\(locator.sha256)", commit: nil),
                    to: nil, files: [], note: nil))
        }
        return FetchResult(lock: new, changes: changes)
    }

    private func change(_ locator: GitLocator, _ recipe: ImportWalk.Recipe) async throws(SharingError) -> SharingChange
    {
        let revision = recipe.revision
        let note =
            revision.isAlsoBranch
            ? "'\(locator.ref)' is both a tag and a branch of '\(locator.repository)'; sprun uses the tag" : nil
        let to = SharingChange.Version(ref: locator.ref, commit: revision.commit)
        guard let (earlier, entry) = earlier(locator) else {
            let files = recipe.files.sorted { $0.key < $1.key }.map { path, hash in
                SharingChange.File(path: path.description, wasThere: false, old: nil, new: walk.contents[hash])
            }
            return SharingChange(locator: .git(locator), kind: .added, from: nil, to: to, files: files, note: note)
        }
        if entry.commit == revision.commit {
            for (path, hash) in entry.files where recipe.files[path].map({ $0 != hash }) ?? false {
                throw SharingError(
                    .changed,
                    "the hash of '\(locator.file(path.description))' differs from \(RecipeLock.fileName)",
                    hint: "someone edited the lock file: restore it from version control")
            }
        }
        let isSame =
            earlier == locator && entry.commit == revision.commit && entry.kind == revision.kind
            && entry.files == recipe.files
        var files: [SharingChange.File] = []
        for path in Set(entry.files.keys).union(recipe.files.keys).sorted()
        where entry.files[path] != recipe.files[path] {
            let old: [UInt8]? =
                if let hash = entry.files[path] { await oldBytes(path.description, earlier, entry, hash) } else { nil }
            files.append(
                SharingChange.File(
                    path: path.description, wasThere: entry.files[path] != nil, old: old,
                    new: recipe.files[path].flatMap { walk.contents[$0] }))
        }
        return SharingChange(
            locator: .git(locator), kind: isSame ? .unchanged : .updated,
            from: .init(ref: earlier.ref, commit: entry.commit), to: to, files: files, note: note)
    }

    /// Returns the locked entry of a recipe: of the same version, else of another version.
    private func earlier(_ locator: GitLocator) -> (GitLocator, RecipeLock.GitEntry)? {
        if let entry = lock.git[locator] { return (locator, entry) }
        return lock.git.filter { $0.key.isOfSameRecipe(as: locator) }
            .max { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Returns the earlier bytes, from the vendor folder, the cache or the repository; `nil` if none has them.
    private func oldBytes(
        _ path: String, _ locator: GitLocator, _ entry: RecipeLock.GitEntry, _ hash: ContentHash
    ) async -> [UInt8]? {
        if let kept = try? store.bytes(locator, entry.commit, path: path, hash) { return kept }
        let revision = GitRevision(kind: .commit, commit: entry.commit)
        guard let bytes = try? await walk.source.find(path, of: locator, revision), ContentHash(of: bytes) == hash
        else { return nil }
        return bytes
    }

    private func change(_ locator: HTTPSLocator) -> SharingChange {
        let to = SharingChange.Version(ref: "\(locator.sha256)", commit: nil)
        let new = walk.contents[locator.sha256]
        if lock.https.contains(locator) {
            return SharingChange(locator: .https(locator), kind: .unchanged, from: to, to: to, files: [], note: nil)
        }
        let earlier = lock.https.filter { $0.url == locator.url }.max()
        let old = earlier.flatMap { try? store.bytes($0) }
        return SharingChange(
            locator: .https(locator), kind: earlier == nil ? .added : .updated,
            from: earlier.map { .init(ref: "\($0.sha256)", commit: nil) }, to: to,
            files: [.init(path: "\(locator.url)", wasThere: earlier != nil, old: old, new: new)], note: nil)
    }
}
