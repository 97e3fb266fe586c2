internal import Groundwork
internal import ServerPilot
package import SystemPackage

/// The text of a recipe, and where it is from.
package struct ModuleSource: Hashable, Sendable {
    /// Whose it is.
    package enum Origin: String, Hashable, Sendable {
        /// A file of this project.
        case project
        /// It ships with the program.
        case shipped
        /// A repository of somebody.
        case git
        /// An address of somebody.
        case https
    }

    /// Where it is, and so what its own imports are relative to.
    package enum Place: Hashable, Sendable {
        /// A file, by its absolute path.
        case file(FilePath)
        /// A recipe that ships, by its name.
        case shipped(String)
        /// A file of a repository: the recipe that was imported by this locator, or a file that it imports from its
        /// own repository at that commit.
        case git(GitLocator, CommitID, path: String)
        /// A file at an address.
        case https(HTTPSLocator)

        /// Whether both are the same place, their names compared byte for byte.
        package static func == (left: Place, right: Place) -> Bool {
            switch (left, right) {
            case (.file(let one), .file(let other)): one == other
            case (.shipped(let one), .shipped(let other)): ByteExact(one) == ByteExact(other)
            case (.git(let one, let commit, let path), .git(let other, let otherCommit, let otherPath)):
                one == other && commit == otherCommit && ByteExact(path) == ByteExact(otherPath)
            case (.https(let one), .https(let other)): one == other
            default: false
            }
        }

        /// Hashes the bytes.
        package func hash(into hasher: inout Hasher) {
            switch self {
            case .file(let path): hasher.combine(path)
            case .shipped(let name): hasher.combine(ByteExact(name))
            case .git(let locator, let commit, let path):
                hasher.combine(locator)
                hasher.combine(commit)
                hasher.combine(ByteExact(path))
            case .https(let locator): hasher.combine(locator)
            }
        }
    }

    /// Where it is.
    package let place: Place
    /// What people see: a path from the project, a name, a locator.
    package let displayName: String
    /// Its text, without what editors add (`TextFile`).
    package let text: [UInt8]
    /// The hash of the file as it is.
    package let sha256: ContentHash
    /// Of a file, the folder that its imports stay in; `nil` for what that is by itself.
    package let project: FilePath?

    /// A module of the bytes of a file.
    package init(place: Place, displayName: String, text: [UInt8], project: FilePath? = nil) {
        self.place = place
        self.project = project
        self.displayName = displayName
        self.text = TextFile.text(text)
        sha256 = ContentHash(of: text)
    }

    /// The same for the same module, however it was imported: `file:/srv/site.lua`, `shipped:new-site`,
    /// `git:URL//path@commit`, `https:URL#sha256=…`.
    package var identity: String {
        switch place {
        case .file(let path): "file:\(path)"
        case .shipped(let name): "shipped:\(name)"
        case .git(let locator, let commit, let path): "git:\(locator.repository)//\(path)@\(commit)"
        case .https(let locator): "https:\(locator)"
        }
    }

    /// Whether it is the same module, however it was imported.
    func isSame(as other: ModuleSource) -> Bool { ByteExact(identity) == ByteExact(other.identity) }

    /// Whether it is from another machine and another network than this.
    var isFromElsewhere: Bool {
        switch place {
        case .git(let git, _, _): !git.repository.isInside
        case .https(let https): !https.url.isInside
        case .file, .shipped: false
        }
    }

    /// Whose it is.
    package var origin: Origin {
        switch place {
        case .file: .project
        case .shipped: .shipped
        case .git: .git
        case .https: .https
        }
    }
}
