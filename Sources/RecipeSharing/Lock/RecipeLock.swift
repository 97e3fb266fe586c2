internal import Groundwork
package import ServerPilot
package import SystemPackage

/// Which bytes the recipes of others have in this project: `sprun.lock`.
///
/// A run takes nothing that is not in it. It is a text for version control: TOML of a narrow form, one block a recipe,
/// sorted, so that it comes out the same for the same recipes and two people's changes merge where they can.
package struct RecipeLock: Hashable, Sendable {
    /// A recipe in a repository.
    package struct GitEntry: Hashable, Sendable {
        /// What its version was when it was locked.
        package let kind: GitRevision.Kind
        /// The commit.
        package let commit: CommitID
        /// The hashes of the recipe and of what it imports from its own repository, by path; its own path is always there.
        package let files: [ByteExact: ContentHash]

        /// An entry.
        package init(kind: GitRevision.Kind, commit: CommitID, files: [ByteExact: ContentHash]) {
            self.kind = kind
            self.commit = commit
            self.files = files
        }
    }

    /// The recipes in repositories.
    package var git: [GitLocator: GitEntry]
    /// The recipes at addresses.
    package var https: Set<HTTPSLocator>

    /// The version of the text that this program writes, and the newest that it reads.
    package static let formatVersion = 1
    /// How the file is called, in the folder of the project.
    package static let fileName = "sprun.lock"

    /// A lock; an empty one without anything else said.
    package init(git: [GitLocator: GitEntry] = [:], https: Set<HTTPSLocator> = []) {
        self.git = git
        self.https = https
    }

    /// Reads the lock of a project; where there is no file, it is empty.
    ///
    /// - Throws: `SharingError`: `damagedLock` with the line, `newerLock`, `unreadable`, `tooLarge`.
    package init(readingFrom path: FilePath) throws(SharingError) {
        guard let bytes = try StoredFile(path: path).read(limit: SharingLimits.largestLock) else {
            self.init()
            return
        }
        try self.init(text: TextFile.text(bytes), name: path.string)
    }

    /// Writes the lock whole or not at all, readable by everybody (0644).
    ///
    /// - Throws: `SharingError`, `unwritable`.
    package func write(to path: FilePath) throws(SharingError) {
        try StoredFile(path: path).write(
            Array(text.utf8), permissions: [.ownerReadWrite, .groupRead, .otherRead], folders: .folderForAll)
    }
}

extension FilePermissions {
    /// 0755.
    static var folderForAll: FilePermissions {
        [.ownerReadWriteExecute, .groupRead, .groupExecute, .otherRead, .otherExecute]
    }
}
