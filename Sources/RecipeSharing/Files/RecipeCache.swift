internal import Groundwork
package import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Files by the SHA-256 of their bytes, in a folder of their owner alone (0700).
///
/// It can be thrown away at any time; what a lock names is fetched again.
package struct RecipeCache: Sendable {
    /// Where it is, or will be.
    package let folder: FilePath

    /// A cache in a folder that is this program's alone.
    package init(folder: FilePath) { self.folder = folder }

    private static let ownerOnly: FilePermissions = [.ownerReadWriteExecute]

    /// Where the file with that hash is kept.
    package func path(of hash: ContentHash) -> FilePath { folder.appending("sha256").appending(hash.hexadecimal) }

    /// Where commits of repositories are kept.
    var repositories: FilePath { folder.appending("git") }

    /// The bytes with that hash; `nil` where they are not kept.
    ///
    /// - Throws: `SharingError`: `damagedCache` where the file has other bytes, `unreadable`.
    package func bytes(_ hash: ContentHash) throws(SharingError) -> [UInt8]? {
        let file = path(of: hash)
        let bytes: [UInt8]?
        do {
            bytes = try StoredFile(path: file).read(limit: SharingLimits.largestFile)
        } catch {
            guard error.code == .tooLarge else { throw error }
            throw damaged(file)
        }
        guard let bytes else { return nil }
        guard ContentHash(of: bytes) == hash else { throw damaged(file) }
        return bytes
    }

    private func damaged(_ file: FilePath) -> SharingError {
        SharingError(
            .damagedCache, "the file '\(file)' of the cache is damaged: its bytes are not those that its name says",
            hint: "remove it, and get the recipe again")
    }

    /// Keeps bytes; a damaged file that should have had them is replaced.
    ///
    /// - Returns: their hash.
    /// - Throws: `SharingError`: `unwritable`.
    @discardableResult
    package func keep(_ bytes: [UInt8]) throws(SharingError) -> ContentHash {
        let hash = ContentHash(of: bytes)
        if let kept = try? self.bytes(hash), kept == bytes { return hash }
        try makeFolder()
        try StoredFile(path: path(of: hash))
            .write(bytes, permissions: [.ownerReadWrite], folders: Self.ownerOnly)
        return hash
    }

    /// Makes an empty folder for git to work in, with a name that nobody else has; who asks for it removes it.
    ///
    /// - Throws: `SharingError`: `unwritable`.
    func makeWorkFolder() throws(SharingError) -> FilePath {
        try makeFolder()
        let path = repositories.appending("\(getpid())-\(UInt64.random(in: 0 ... .max)).new")
        do {
            try AtomicFile.makeFolder(repositories, permissions: Self.ownerOnly)
            guard mkdir(path.string, Self.ownerOnly.rawValue) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            throw SharingError(.unwritable, "'\(path)' cannot be made: \(plainText(error))")
        }
        return path
    }

    /// Makes sure that the folder is there, and that nobody but its owner can reach into it.
    ///
    /// - Throws: `SharingError`: `unwritable`.
    func makeFolder() throws(SharingError) {
        do {
            try AtomicFile.makeFolder(folder, permissions: Self.ownerOnly)
            guard chmod(folder.string, Self.ownerOnly.rawValue) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            throw SharingError(.unwritable, "the folder '\(folder)' cannot be used: \(plainText(error))")
        }
    }
}
