internal import Groundwork
internal import ServerPilot
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A commit of a repository in the cache.
struct GitSnapshot: Sendable {
    let url: RepositoryURL
    let commit: CommitID
    /// The version that the commit was resolved from, for messages.
    let ref: String
    let folder: FilePath
    let program: GitProgram

    /// Whether the cache has the commit; a complete fetch is renamed to `folder`.
    var exists: Bool { access(folder.string, F_OK) == 0 }

    /// Moves a complete fetch to `folder`; if another process was faster, keeps its commit.
    func take(from temporary: FilePath) throws(SharingError) {
        guard rename(temporary.string, folder.string) == 0 || exists else {
            throw SharingError(.unwritable, "'\(folder)' cannot be created: \(Errno(rawValue: errno).plainDescription)")
        }
    }

    /// An entry of a commit's tree.
    struct Entry: Hashable, Sendable {
        enum Kind { case file, link, folder, repository }

        let kind: Kind
        /// The id of the blob or other git object.
        let object: String
        /// The size in bytes; 0 if the entry is not a file.
        let size: Int
        /// The path; bytes that are not UTF-8 are replaced.
        let path: ByteExact
    }

    /// Returns the bytes of a regular file of at most 1 MiB; `nil` if the commit has nothing at the path.
    ///
    /// - Throws: `SharingError`: `notRegularFile`, `tooLarge`, `gitFailed`.
    func bytes(_ path: String) async throws(SharingError) -> [UInt8]? {
        let parts = path.split(separator: "/")
        let above = (1...max(1, parts.count)).map { ByteExact(parts.prefix($0).joined(separator: "/")) }
        let entries = try await entries(["--"] + above.map(\.description))
        guard let entry = entries.first(where: { $0.path == ByteExact(path) }) else {
            // If a parent of the path is not a folder, git lists that parent instead.
            guard let stop = entries.first(where: { above.contains($0.path) && $0.kind != .folder }) else { return nil }
            throw notRegular(stop, path)
        }
        guard entry.kind == .file else { throw notRegular(entry, path) }
        guard entry.size <= SharingLimits.largestFile else {
            throw SharingError(
                .tooLarge,
                "'\(path)' of \(url) at \(ref) has \(entry.size) bytes; the maximum is "
                    + "\(SharingLimits.largestFile)")
        }
        let finished = try await run(["cat-file", "blob", entry.object], limit: SharingLimits.largestFile)
        guard finished.count == entry.size else { throw damaged("'\(path)' is truncated") }
        return finished
    }

    /// Returns the paths of all regular files.
    ///
    /// - Throws: `SharingError`.
    func files() async throws(SharingError) -> [String] {
        try await entries(["-r"]).filter { $0.kind == .file }.map(\.path.description)
    }

    private func entries(_ arguments: [String]) async throws(SharingError) -> [Entry] {
        let flags = arguments.prefix { $0 != "--" }
        let paths = arguments.dropFirst(flags.count)
        let output = try await run(["ls-tree", "-z", "-l", "--full-tree"] + flags + [commit.description] + paths)
        var entries: [Entry] = []
        // The format of a line: mode, type, id and size, then a tab and the path.
        for line in output.split(separator: 0) {
            let halves = line.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
            let fields = halves.first?.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard halves.count == 2, let fields, fields.count == 4 else { throw damaged("its list cannot be read") }
            let kind: Entry.Kind =
                switch (fields[0], fields[1]) {
                case ("120000", _): .link
                case (_, "tree"): .folder
                case (_, "commit"): .repository
                default: .file
                }
            entries.append(
                Entry(
                    kind: kind, object: fields[2], size: Int(fields[3]) ?? 0,
                    path: ByteExact(String(decoding: halves[1], as: UTF8.self))))
        }
        return entries
    }

    private func run(_ arguments: [String], limit: Int = SharingLimits.largestListing) async throws(SharingError)
        -> [UInt8]
    {
        let finished = try await program.run(arguments, in: folder, limit: limit)
        guard finished.isSuccess else { throw damaged(GitMessage.shown(finished.said)) }
        return finished.output
    }

    private func damaged(_ reason: String) -> SharingError {
        SharingError(
            .gitFailed, "the commit \(commit.short) of \(url) in the cache cannot be read: \(reason)",
            hint: "delete '\(folder)', then run sprun get again")
    }

    private func notRegular(_ entry: Entry, _ path: String) -> SharingError {
        let kind =
            switch entry.kind {
            case .link: "a symbolic link"
            case .folder: "a folder"
            case .repository: "a submodule"
            case .file: "a file"
            }
        return SharingError(
            .notRegularFile, "'\(entry.path)' of \(url) at \(ref) is \(kind), which cannot be imported",
            hint: entry.path == ByteExact(path) ? nil : "'\(path)' would be below it")
    }
}
