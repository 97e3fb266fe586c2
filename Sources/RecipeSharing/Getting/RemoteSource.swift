internal import Groundwork

/// The remote repositories and addresses; each version is resolved once per fetch.
struct RemoteSource {
    let resolver: RecipeResolver
    let git: GitProgram
    let download: (any RecipeDownload)?
    let acceptsMovedTags: Bool
    let isInside: @Sendable (String) async -> Bool

    private struct Version: Hashable {
        let repository: RepositoryURL
        let ref: ByteExact
    }

    private var revisions: [Version: GitRevision] = [:]

    init(
        resolver: RecipeResolver, git: GitProgram, download: (any RecipeDownload)?, acceptsMovedTags: Bool,
        isInside: @escaping @Sendable (String) async -> Bool
    ) {
        self.isInside = isInside
        self.resolver = resolver
        self.git = git
        self.download = download
        self.acceptsMovedTags = acceptsMovedTags
    }

    /// Throws if a recipe from elsewhere imports from a host whose name leads into this machine's network.
    ///
    /// - Throws: `SharingError`, `outside`.
    func check(_ target: ImportTarget, for importer: ModuleSource) async throws(SharingError) {
        let url: RepositoryURL
        switch target {
        case .git(let locator): url = locator.repository
        case .https(let locator): url = locator.url
        case .file, .shipped, .sibling: return
        }
        guard importer.isFromElsewhere, await isInside(url.host) else { return }
        throw SharingError(
            .outside,
            "'\(url)' is in this machine's network, and a recipe from elsewhere may not import from there")
    }

    /// Returns the current revision of a locator's version.
    ///
    /// - Throws: `SharingError`: `movedTag` if the lock has another commit for the tag.
    mutating func revision(of locator: GitLocator) async throws(SharingError) -> GitRevision {
        let version = Version(repository: locator.repository, ref: ByteExact(locator.ref))
        if let known = revisions[version] { return known }
        let revision = try await repository(locator.repository).resolve(locator.ref)
        if !acceptsMovedTags { try checkIsWhereItWas(locator, revision) }
        revisions[version] = revision
        return revision
    }

    private func checkIsWhereItWas(_ locator: GitLocator, _ revision: GitRevision) throws(SharingError) {
        let locked = resolver.lock.git.sorted { $0.key < $1.key }.filter { other, entry in
            other.isOfSameVersion(as: locator) && entry.kind == .tag
        }
        for (other, entry) in locked where entry.commit != revision.commit || revision.kind != .tag {
            let now =
                revision.kind == .tag
                ? "now points to the commit \(revision.commit)"
                : "is gone; a \(revision.kind.rawValue) with this name is at \(revision.commit)"
            throw SharingError(
                .movedTag,
                "the tag '\(locator.ref)' of '\(locator.repository)' was locked at the commit \(entry.commit) for "
                    + "'\(other)', but \(now)",
                hint: "a tag should never move: ask its author, and review the changes before you accept it")
        }
    }

    /// Returns the bytes of a file in a repository; `nil` if the commit has nothing at the path.
    ///
    /// - Throws: `SharingError`.
    func find(_ path: String, of locator: GitLocator, _ revision: GitRevision) async throws(SharingError) -> [UInt8]? {
        try await repository(locator.repository).fetch(revision, ref: locator.ref).bytes(path)
    }

    /// Returns the bytes of a file in a repository.
    ///
    /// - Throws: `SharingError`: `missingFile`, which suggests the nearest existing path.
    func bytes(_ path: String, of locator: GitLocator, _ revision: GitRevision) async throws(SharingError) -> [UInt8] {
        let snapshot = try await repository(locator.repository).fetch(revision, ref: locator.ref)
        if let bytes = try await snapshot.bytes(path) { return bytes }
        let recipes = ((try? await snapshot.files()) ?? []).filter { $0.hasSuffix(".lua") }
        let name = path.split(separator: "/").last ?? ""
        let likely = recipes.nearest(to: path) ?? recipes.first { $0.hasSuffix("/\(name)") }
        throw SharingError(
            .missingFile,
            "'\(locator.repository)' has no file '\(path)' at \(locator.ref) (commit \(revision.commit.short))",
            hint: likely.map { "did you mean '\($0)'?" } ?? (recipes.isEmpty ? "the repository has no .lua file" : nil))
    }

    /// Returns the bytes at an address, from the cache if it has them.
    ///
    /// - Throws: `SharingError`: `downloadFailed`, `wrongHash`, `tooLarge`.
    func bytes(_ locator: HTTPSLocator) async throws(SharingError) -> [UInt8] {
        if let kept = try? resolver.store.cache.bytes(locator.sha256) { return kept }
        guard let download else {
            throw SharingError(.downloadFailed, "'\(locator.url)' cannot be downloaded: no downloads are possible here")
        }
        let bytes: [UInt8]
        do {
            bytes = try await download.bytes(from: "\(locator.url)", limit: SharingLimits.largestFile)
        } catch let error as SharingError {
            throw error
        } catch is CancellationError {
            throw SharingError(.cancelled, "the download of '\(locator.url)' was cancelled")
        } catch {
            throw SharingError(.downloadFailed, "'\(locator.url)' cannot be downloaded: \(error)")
        }
        guard bytes.count <= SharingLimits.largestFile else {
            throw SharingError(.tooLarge, "'\(locator.url)' has more than \(SharingLimits.largestFile) bytes")
        }
        let hash = ContentHash(of: bytes)
        guard hash == locator.sha256 else {
            throw SharingError(
                .wrongHash, "'\(locator.url)' has the SHA-256 \(hash), but the import names \(locator.sha256)",
                hint: "the author may have changed the file: review it before you use the new hash")
        }
        return bytes
    }

    private func repository(_ url: RepositoryURL) -> GitRepository {
        GitRepository(url: url, program: git, cache: resolver.store.cache)
    }
}
