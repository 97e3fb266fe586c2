internal import SystemPackage

/// What an import means, seen from the module that has it, before anything is read.
enum ImportTarget: Hashable {
    /// A file of this machine; where there is none, the recipe that ships by that name.
    case file(FilePath, orShipped: String?)
    /// A recipe that ships.
    case shipped(String)
    /// A file of the repository that the importing module is from, at its commit; where there is none, the recipe that
    /// ships by that name.
    case sibling(GitLocator, CommitID, path: String, orShipped: String?)
    /// A recipe in a repository.
    case git(GitLocator)
    /// A recipe at an address.
    case https(HTTPSLocator)

    /// What an import means.
    ///
    /// - Parameters:
    ///   - locator: what is imported.
    ///   - importer: `nil` for what the user names, which is relative to a folder.
    ///   - folder: that folder, an absolute path.
    /// - Throws: `SharingError`: `outside`.
    init(_ locator: RecipeLocator, from importer: ModuleSource.Place?, folder: FilePath) throws(SharingError) {
        switch locator {
        case .git(let git):
            if git.repository.isLocal { try Self.checkIsLocal(importer, "\(git)") }
            self = .git(git)
        case .https(let https):
            if https.url.isLocal { try Self.checkIsLocal(importer, "\(https)") }
            self = .https(https)
        case .file(let path): self = try Self.relative(path, name: nil, importer, folder)
        case .name(let name): self = try Self.relative(name.withLuaEnding, name: name, importer, folder)
        }
    }

    /// What a recipe from the network imports must not be on this machine, whose user it does not know.
    private static func checkIsLocal(_ importer: ModuleSource.Place?, _ locator: String) throws(SharingError) {
        let isRemote =
            switch importer {
            case .git(let git, _, _): !git.repository.isLocal
            case .https(let https): !https.url.isLocal
            case .file, .shipped, nil: false
            }
        if isRemote {
            throw SharingError(
                .outside, "'\(locator)' is on this machine, and a recipe from elsewhere may not import it")
        }
    }

    private static func relative(
        _ path: String, name: String?, _ importer: ModuleSource.Place?, _ folder: FilePath
    ) throws(SharingError) -> ImportTarget {
        switch importer {
        case nil: return .file(folder.pushing(FilePath(path)).lexicallyNormalized(), orShipped: name)
        case .file(let file):
            let folder = file.removingLastComponent()
            return .file(folder.pushing(FilePath(path)).lexicallyNormalized(), orShipped: name)
        case .shipped, .https:
            if let name { return .shipped(name) }
            throw SharingError(
                .outside, "'\(path)' is a file, and there is none beside a recipe that is a single file",
                hint: "it can import by name what ships, and by locator what is in a repository")
        case .git(let locator, let commit, let own):
            guard let inside = RepositoryPath.resolve(path, from: own) else {
                throw SharingError(
                    .outside, "'\(path)' is outside of the repository of '\(locator)'",
                    hint: "a recipe imports files of its own repository, and by locator those of others")
            }
            return .sibling(locator, commit, path: try RepositoryPath.check(inside), orShipped: name)
        }
    }
}
