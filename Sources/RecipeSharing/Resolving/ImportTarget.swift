internal import SystemPackage

/// The meaning of an import in a given module, before any file is read.
enum ImportTarget: Hashable {
    /// A file on this machine; if it does not exist, the shipped recipe with this name.
    ///
    /// An import in a file must stay in its project; a path from the user can lead anywhere.
    case file(FilePath, orShipped: String?, project: FilePath?)
    /// A shipped recipe.
    case shipped(String)
    /// A file in the importing module's repository, at the same commit.
    ///
    /// If it does not exist, the shipped recipe with this name.
    case sibling(GitLocator, CommitID, path: String, orShipped: String?)
    /// A recipe in a git repository.
    case git(GitLocator)
    /// A recipe at an HTTPS address.
    case https(HTTPSLocator)

    /// Determines the meaning of an import.
    ///
    /// - Parameters:
    ///   - locator: The imported locator.
    ///   - importer: The importing module; `nil` if the user wrote the locator.
    ///   - folder: The absolute path of the folder that the user's locators are relative to.
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

    /// A recipe from the network must not import from this machine or its network, which its author cannot know.
    private static func checkMayReachInside(_ importer: ModuleSource?, _ locator: String) throws(SharingError) {
        if importer?.isFromElsewhere == true {
            throw SharingError(
                .outside,
                "'\(locator)' is on this machine or in its network, or has no name: a recipe from elsewhere may "
                    + "not import it")
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
                .outside, "'\(path)' names a file, but a recipe that is a single file has no files beside it",
                hint: "import shipped recipes by name, and recipes of a repository by locator")
        case .git(let locator, let commit, let own):
            guard let inside = RepositoryPath.resolve(path, from: own) else {
                throw SharingError(
                    .outside, "'\(path)' is outside of the repository of '\(locator)'",
                    hint: "a recipe imports files of its own repository by path, and files of others by locator")
            }
            return .sibling(locator, commit, path: try RepositoryPath.check(inside), orShipped: name)
        }
    }

    /// Names that mark a folder as the root of a project.
    private static let marks = [RecipeLock.fileName, ".git"]

    /// Returns the folder that the imports of a file must stay in.
    ///
    /// The search goes from the file's folder up to the folder in which sprun was started. The nearest folder with a
    /// lock file or `.git` is the project; without such a folder, the file's own folder.
    ///
    /// The starting folder is not the default: a user who starts sprun in the home folder did not make it a project.
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
