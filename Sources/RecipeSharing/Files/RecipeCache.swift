internal import Groundwork
package import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A cache of files by the SHA-256 of their bytes, in a folder that only its owner can read (0700).
///
/// Users can delete it at any time; files of a lock are then fetched again.
package struct RecipeCache: Sendable {
    /// The path of the folder, which need not exist yet.
    package let folder: FilePath

    /// Creates a cache in a folder that only this program uses.
    package init(folder: FilePath) { self.folder = folder }

    private static let ownerOnly: FilePermissions = [.ownerReadWriteExecute]

    /// Returns the path for the file with a hash.
    package func path(of hash: ContentHash) -> FilePath { folder.appending("sha256").appending(hash.hexadecimal) }

    /// The folder for commits of git repositories.
    var repositories: FilePath { folder.appending("git") }

    /// Returns the bytes with a hash; `nil` if the cache does not contain them.
    ///
    /// - Throws: `SharingError`: `damagedCache` if the file has another hash, `unreadable`.
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
            .damagedCache, "the cache file '\(file)' is damaged: its hash differs from its name",
            hint: "delete the file, then run sprun get again")
    }

    /// Stores bytes under the name of their hash; replaces a damaged file of that name.
    ///
    /// - Returns: The hash of the bytes.
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

    /// Creates an empty folder with a unique name for git; the caller removes it.
    ///
    /// - Throws: `SharingError`: `unwritable`.
    func makeWorkFolder() throws(SharingError) -> FilePath {
        try makeFolder()
        let path = repositories.appending("\(getpid())-\(UInt64.random(in: 0 ... .max)).new")
        do {
            try AtomicFile.makeFolder(repositories, permissions: Self.ownerOnly)
            guard mkdir(path.string, Self.ownerOnly.rawValue) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            throw SharingError(.unwritable, "'\(path)' cannot be created: \(error.plainDescription)")
        }
        return path
    }

    /// Creates the folder if it is missing, and sets its mode to 0700.
    ///
    /// - Throws: `SharingError`: `unwritable`.
    func makeFolder() throws(SharingError) {
        do {
            try AtomicFile.makeFolder(folder, permissions: Self.ownerOnly)
            guard chmod(folder.string, Self.ownerOnly.rawValue) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            throw SharingError(.unwritable, "the folder '\(folder)' cannot be used: \(error.plainDescription)")
        }
    }
}
