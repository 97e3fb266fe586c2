internal import Groundwork
internal import ServerPilot

/// A block of a lock file while the reader parses it.
struct LockBlock {
    enum Kind {
        case git
        case https

        /// The required keys.
        var keys: [String] {
            switch self {
            case .git: ["repository", "path", "ref", "kind", "commit"]
            case .https: ["url", "sha256"]
            }
        }
    }

    let kind: Kind
    /// The line number of the block's header.
    let line: Int
    var values: [String: String] = [:]
    var files: [ByteExact: ContentHash] = [:]

    init(kind: Kind, line: Int) {
        self.kind = kind
        self.line = line
    }

    /// - Throws: `SharingError`, `invalidLocator`.
    func gitEntry() throws(SharingError) -> (GitLocator, RecipeLock.GitEntry) {
        let path = try value("path")
        let locator = try GitLocator(repository: RepositoryURL(checked("repository")), path: path, ref: value("ref"))
        guard ByteExact(locator.path) == ByteExact(path) else {
            throw .invalid("the path '\(path)' does not end with .lua")
        }
        guard let kind = GitRevision.Kind(rawValue: try value("kind")) else {
            throw .invalid("the kind must be tag, branch or commit")
        }
        guard let commit = CommitID(try value("commit")) else {
            throw .invalid("the commit must have 40 or 64 hexadecimal digits")
        }
        guard files[ByteExact(path)] != nil else { throw .invalid("the files of '\(locator)' lack '\(path)' itself") }
        return (locator, RecipeLock.GitEntry(kind: kind, commit: commit, files: files))
    }

    /// - Throws: `SharingError`, `invalidLocator`.
    func httpsLocator() throws(SharingError) -> HTTPSLocator {
        guard let hash = ContentHash(hexadecimal: try value("sha256")) else {
            throw .invalid("the hash must have \(ContentHash.digitCount) hexadecimal digits")
        }
        return try HTTPSLocator(url: RepositoryURL(checked("url")), sha256: hash)
    }

    private func value(_ key: String) throws(SharingError) -> String {
        guard let value = values[key] else { throw .invalid("the key '\(key)' is missing") }
        return value
    }

    private func checked(_ key: String) throws(SharingError) -> String {
        let text = try value(key)
        try LocatorText.check(text)
        return text
    }
}
