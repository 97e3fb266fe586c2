internal import Groundwork
internal import SystemPackage

/// A remote git repository.
struct GitRepository: Sendable {
    let url: RepositoryURL
    let program: GitProgram
    let cache: RecipeCache

    /// Resolves a version to its current commit.
    ///
    /// A tag takes precedence over a branch of the same name. A full commit id is returned without a request.
    ///
    /// - Throws: `SharingError`: `missingRef`, and the errors of `GitProgram` and `GitMessage`.
    func resolve(_ ref: String) async throws(SharingError) -> GitRevision {
        if let commit = CommitID(ref) { return GitRevision(kind: .commit, commit: commit) }
        let (tag, branch) = ("refs/tags/\(ref)", "refs/heads/\(ref)")
        let found = try await list([tag, "\(tag)^{}", branch])
        // For an annotated tag, the line with ^{} has the commit.
        if let commit = found["\(tag)^{}"] ?? found[tag] {
            return GitRevision(kind: .tag, commit: commit, isAlsoBranch: found[branch] != nil)
        }
        if let commit = found[branch] { return GitRevision(kind: .branch, commit: commit) }
        throw await missing(ref)
    }

    /// Returns the refs that match, by their full names.
    private func list(_ patterns: [String]) async throws(SharingError) -> [String: CommitID] {
        let nowhere = try cache.makeWorkFolder()
        defer { StoredFile.removeAll(nowhere) }
        let finished = try await program.run(
            ["ls-remote", "--quiet", "--end-of-options", url.description] + patterns, in: nowhere, reaching: url)
        guard finished.isSuccess else { throw GitMessage.failure(finished.said, url) }
        var refs: [String: CommitID] = [:]
        for line in String(decoding: finished.output, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2, let commit = CommitID(parts[0]) else {
                throw SharingError(.gitFailed, "git printed an invalid list of versions of '\(url)'")
            }
            refs[String(parts[1])] = commit
        }
        return refs
    }

    /// Returns the failure for a missing version; suggests existing versions if they can be listed.
    private func missing(_ ref: String) async -> SharingError {
        let refs = (try? await list(["refs/tags/*", "refs/heads/*"])) ?? [:]
        let names = refs.keys.filter { !$0.hasSuffix("^{}") }.map { name in
            name.split(separator: "/", maxSplits: 2).last.map(String.init) ?? name
        }
        let likely = names.nearest(to: ref).map { "did you mean '\($0)'?" }
        let isShortCommit = (4..<40).contains(ref.utf8.count) && HexadecimalText.isHexadecimal(ref)
        let some = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.suffix(5).joined(separator: ", ")
        return SharingError(
            .missingRef, "'\(url)' has no tag and no branch '\(ref)'",
            hint: likely ?? (isShortCommit ? "write all digits of the commit" : nil)
                ?? (some.isEmpty ? "the repository has no tags and no branches" : "it has \(some)"))
    }

    /// Fetches a commit without its history into the cache, unless it is there.
    ///
    /// Each commit has its own bare repository, which gets its final name when it is complete and then never changes.
    ///
    /// - Parameters:
    ///   - revision: The commit.
    ///   - ref: The version that the commit was resolved from; some servers serve a commit only by its ref.
    /// - Returns: The commit in the cache.
    /// - Throws: `SharingError`: `missingRef`, and the errors of `GitProgram` and `GitMessage`.
    func fetch(_ revision: GitRevision, ref: String) async throws(SharingError) -> GitSnapshot {
        let owner = ContentHash(of: url.description.utf8).hexadecimal.prefix(32)
        let folder = cache.repositories.appending(String(owner)).appending("\(revision.commit).git")
        let snapshot = GitSnapshot(url: url, commit: revision.commit, ref: ref, folder: folder, program: program)
        if snapshot.exists { return snapshot }
        let temporary = try cache.makeWorkFolder()
        defer { StoredFile.removeAll(temporary) }
        do {
            try AtomicFile.makeFolder(folder.removingLastComponent())
        } catch {
            throw SharingError(.unwritable, "'\(folder)' cannot be created: \(error.plainDescription)")
        }
        let format = revision.commit.description.utf8.count == 40 ? "sha1" : "sha256"
        let made = try await program.run(
            ["init", "--quiet", "--bare", "--template=", "--object-format=\(format)"], in: temporary)
        guard made.isSuccess else {
            throw SharingError(.unwritable, "'\(folder)' cannot be created: \(GitMessage.shown(made.said))")
        }
        try await fetch(revision, ref: ref, into: temporary)
        try program.checkSize(of: temporary, url)
        try snapshot.take(from: temporary)
        return snapshot
    }

    private func fetch(_ revision: GitRevision, ref: String, into folder: FilePath) async throws(SharingError) {
        let commit = revision.commit.description
        let byName: String? =
            switch revision.kind {
            case .tag: "refs/tags/\(ref)"
            case .branch: "refs/heads/\(ref)"
            case .commit: nil
            }
        var said = ""
        for wanted in [commit, byName].compactMap(\.self) {
            let finished = try await program.run(
                [
                    "fetch", "--quiet", "--no-tags", "--depth=1", "--no-write-fetch-head", "--no-recurse-submodules",
                    "--end-of-options", url.description, wanted,
                ], in: folder, reaching: url)
            if finished.isSuccess {
                let type = try await program.run(["cat-file", "-t", commit], in: folder)
                if type.isSuccess, type.output == Array("commit\n".utf8) { return }
                said = "'\(commit)' is not a commit"
            } else {
                said = finished.said
                guard Self.isRefused(said) else { throw GitMessage.failure(said, url) }
            }
        }
        throw SharingError(
            .missingRef, "'\(url)' does not provide the commit \(commit) of '\(ref)': \(GitMessage.shown(said))",
            hint: "check the version; the commit may have been removed")
    }

    /// Whether the server reported that it does not have a commit, or does not serve it by its id.
    private static func isRefused(_ said: String) -> Bool {
        ["not our ref", "unadvertised object", "couldn't find remote ref", "bad object"].contains { said.contains($0) }
    }
}
