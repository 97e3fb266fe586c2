internal import Groundwork
package import SystemPackage

/// The text of a recipe and its location.
package struct ModuleSource: Hashable, Sendable {
    /// The owner of a module.
    package enum Origin: String, Hashable, Sendable {
        /// A file of this project.
        case project
        /// A recipe that ships with this program.
        case shipped
        /// A git repository, usually of another person.
        case git
        /// An HTTPS address, usually of another person.
        case https
    }

    /// The location of a module; the module's own imports are relative to it.
    package enum Place: Hashable, Sendable {
        /// A file with its absolute path.
        case file(FilePath)
        /// A shipped recipe with its name.
        case shipped(String)
        /// A file in a repository at a commit.
        ///
        /// It is the recipe that the locator names, or a file that this recipe imports from its own repository.
        case git(GitLocator, CommitID, path: String)
        /// A file at an HTTPS address.
        case https(HTTPSLocator)

        /// Whether another person wrote the module: it is from a repository or an address.
        package var isOfOthers: Bool {
            switch self {
            case .git, .https: true
            case .file, .shipped: false
            }
        }

        /// Whether both are the same location; names are compared byte for byte.
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

    /// The location of the module.
    package let place: Place
    /// The name for messages: a path relative to the project, a name, or a locator.
    package let displayName: String
    /// The text without the bytes that editors add (`TextFile`).
    package let text: [UInt8]
    /// The bytes of the file; those of `text` if it changes none of them.
    private let file: [UInt8]
    /// The folder that a file's imports must stay in; `nil` for all other modules.
    package let project: FilePath?

    /// Creates a module from the bytes of a file.
    ///
    /// If `isDecoded`, `TextFile` has decoded the bytes already: it removes one byte order mark, not two.
    package init(
        place: Place, displayName: String, text: [UInt8], project: FilePath? = nil, isDecoded: Bool = false
    ) {
        self.place = place
        self.project = project
        self.displayName = displayName
        self.text = isDecoded ? text : TextFile.text(text)
        file = text
    }

    /// The hash of the unchanged file; each read computes it.
    package var sha256: ContentHash { ContentHash(of: file) }

    /// A string that identifies the module, whatever import led to it.
    ///
    /// Its forms are `file:/srv/site.lua`, `shipped:new-site`, `git:URL//path@commit` and `https:URL#sha256=…`.
    package var identity: String {
        switch place {
        case .file(let path): "file:\(path)"
        case .shipped(let name): "shipped:\(name)"
        case .git(let locator, let commit, let path): "git:\(locator.repository)//\(path)@\(commit)"
        case .https(let locator): "https:\(locator)"
        }
    }

    /// Whether both are the same module, whatever import led to it.
    func isSame(as other: ModuleSource) -> Bool { ByteExact(identity) == ByteExact(other.identity) }

    /// Whether the module comes from another machine outside this machine's network.
    var isFromElsewhere: Bool {
        switch place {
        case .git(let git, _, _): !git.repository.isInside
        case .https(let https): !https.url.isInside
        case .file, .shipped: false
        }
    }

    /// The owner of the module.
    package var origin: Origin {
        switch place {
        case .file: .project
        case .shipped: .shipped
        case .git: .git
        case .https: .https
        }
    }
}
