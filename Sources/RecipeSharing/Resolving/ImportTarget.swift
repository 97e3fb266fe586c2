internal import SystemPackage

/// What an import means, seen from the module that has it, before anything is read.
enum ImportTarget: Hashable {
    /// A file of this machine; where there is none, the recipe that ships by that name.
    ///
    /// What a file imports stays in its project; what the user names is anywhere.
    case file(FilePath, orShipped: String?, project: FilePath?)
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
    init(_ locator: RecipeLocator, from importer: ModuleSource?, folder: FilePath) throws(SharingError) {
        switch locator {
        case .git(let git):
            if git.repository.isInside { try Self.checkMayReachInside(importer, "\(git)") }
            self = .git(git)
        case .https(let https):
            if https.url.isInside { try Self.checkMayReachInside(importer, "\(https)") }
            self = .https(https)
        case .file(let path): self = try Self.relative(path, name: nil, importer, folder)
        case .name(let name): self = try Self.relative(name.withLuaEnding, name: name, importer, folder)
        }
    }

    /// What a recipe from the network imports must not be on this machine or in its network, which its author does not
    /// know.
    private static func checkMayReachInside(_ importer: ModuleSource?, _ locator: String) throws(SharingError) {
        if importer?.isFromElsewhere == true {
            throw SharingError(
                .outside,
                "'\(locator)' is on this machine or in its network, or has no name, and a recipe from elsewhere may not "
                    + "import it")
        }
    }

    private static func relative(
        _ path: String, name: String?, _ importer: ModuleSource?, _ folder: FilePath
    ) throws(SharingError) -> ImportTarget {
        switch importer?.place {
        case nil: return .file(folder.pushing(FilePath(path)).lexicallyNormalized(), orShipped: name, project: nil)
        case .file(let file):
            let target = file.removingLastComponent().pushing(FilePath(path)).lexicallyNormalized()
            let project = importer?.project ?? Self.project(of: file, in: folder)
            guard target.starts(with: project) else {
                throw SharingError(
                    .outside, "'\(path)' is outside of the project '\(project)'",
                    hint:
                        "a file imports files of its own project: the nearest folder with \(RecipeLock.fileName) or .git, "
                        + "else the folder of the recipe that was started")
            }
            return .file(target, orShipped: name, project: project)
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

    /// What a folder has that is the top of a project.
    private static let marks = [RecipeLock.fileName, ".git"]

    /// The folder that the imports of a file stay in: from the file's own upwards, up to the one that sprun was started
    /// in, the nearest that has a lock or is the top of a clone; without such a folder the file's own.
    ///
    /// Whoever starts sprun in their home folder has not made all of that a project.
    static func project(of file: FilePath, in folder: FilePath) -> FilePath {
        let own = file.removingLastComponent()
        var rest = own
        guard rest.removePrefix(folder), FolderFiles(folder: folder).reaches(rest) else { return own }
        for depth in (0...rest.components.count).reversed() {
            let candidate = folder.appending(rest.components.prefix(depth))
            if marks.contains(where: { StoredFile.exists(candidate.appending($0)) }) { return candidate }
        }
        return own
    }
}
