package import Groundwork
internal import ServerPilot
package import SystemPackage

/// The lock file `sprun.lock`: the hashes of all recipes from other people that this project uses.
///
/// A run uses no recipe that is missing from the lock. The file is text for version control, in a narrow subset of TOML
/// with one block per recipe. The blocks are sorted: the same recipes always produce the same text, and version
/// control can merge the independent changes of two people.
package struct RecipeLock: Hashable, Sendable {
    /// A recipe in a repository.
    package struct GitEntry: Hashable, Sendable {
        /// The kind of its version at the time of locking.
        package let kind: GitRevision.Kind
        /// The commit that is locked.
        package let commit: CommitID
        /// The hashes of the recipe and of the files that it imports from its own repository, by path.
        ///
        /// The recipe's own path is always included.
        package let files: [ByteExact: ContentHash]

        /// Creates an entry.
        package init(kind: GitRevision.Kind, commit: CommitID, files: [ByteExact: ContentHash]) {
            self.kind = kind
            self.commit = commit
            self.files = files
        }
    }

    /// The recipes in git repositories.
    package var git: [GitLocator: GitEntry]
    /// The recipes at HTTPS addresses.
    package var https: Set<HTTPSLocator>

    /// The format version that this program writes, and the newest that it reads.
    package static let formatVersion = 1
    /// The file's name in the project's folder.
    package static let fileName = "sprun.lock"

    /// Creates a lock; empty by default.
    package init(git: [GitLocator: GitEntry] = [:], https: Set<HTTPSLocator> = []) {
        self.git = git
        self.https = https
    }

    /// Reads the lock of a project; the result is empty if there is no file.
    ///
    /// - Throws: `SharingError`: `damagedLock` with the line, `newerLock`, `unreadable`, `tooLarge`.
    package init(readingFrom path: FilePath) throws(SharingError) {
        guard let bytes = try StoredFile(path: path).read(limit: SharingLimits.largestLock) else {
            self.init()
            return
        }
        try self.init(text: TextFile.text(bytes), name: path.string)
    }

    /// Writes the lock file completely or not at all, with mode 0644.
    ///
    /// - Throws: `SharingError`, `unwritable`.
    package func write(to path: FilePath) throws(SharingError) {
        try StoredFile(path: path).write(
            Array(text.utf8), permissions: [.ownerReadWrite, .groupRead, .otherRead], folders: .folderForAll)
    }
}

extension FilePermissions {
    /// Mode 0755.
    static var folderForAll: FilePermissions {
        [.ownerReadWriteExecute, .groupRead, .groupExecute, .otherRead, .otherExecute]
    }
}
