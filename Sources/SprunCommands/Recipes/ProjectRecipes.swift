internal import RecipeEngine
internal import RecipeSharing
internal import SecureShell
internal import ServerPilot
internal import Synchronization
internal import SystemPackage

/// The recipes of the folder that the command was started in: its files, what its `sprun.lock` names, what ships.
struct ProjectRecipes: Sendable {
    /// Finds them.
    let resolver: RecipeResolver
    /// What is locked.
    let lockFile: FilePath
    private let cache: FilePath

    /// - Parameters:
    ///   - paths: where sprun keeps its files.
    ///   - environment: where it was started.
    ///   - lock: another lock than the folder's.
    /// - Throws: `CommandFailure`.
    init(_ paths: Paths, _ environment: Environment, lock: FilePath? = nil) throws {
        let file = lock ?? environment.folder.appending(RecipeLock.fileName)
        do throws(SharingError) {
            self.init(
                environment.folder, file, try RecipeLock(readingFrom: file), cache: paths.cache.appending("recipes"))
        } catch {
            throw CommandFailure(error)
        }
    }

    private init(_ folder: FilePath, _ lockFile: FilePath, _ lock: RecipeLock, cache: FilePath) {
        self.lockFile = lockFile
        self.cache = cache
        resolver = RecipeResolver(
            folder: folder, lock: lock, cache: RecipeCache(folder: cache), vendor: folder.appending("vendor"),
            shipped: ShippedRecipes.texts)
    }

    /// The same with another lock, which is not written yet.
    func with(_ lock: RecipeLock) -> ProjectRecipes { ProjectRecipes(resolver.folder, lockFile, lock, cache: cache) }

    /// Whether a recipe is locked at a branch.
    func isBranch(_ name: String) -> Bool {
        guard case .git(let locator)? = try? RecipeLocator(name) else { return false }
        return resolver.lock.git[locator]?.kind == .branch
    }

    /// A recipe by what the user calls it: a locator, a name that ships, a file.
    ///
    /// - Throws: `CommandFailure`.
    func module(_ name: String) throws -> ModuleSource {
        do throws(SharingError) { return try resolver.resolve(name) } catch { throw CommandFailure(error) }
    }

    /// Whether a word is the locator of somebody else's recipe.
    func isRemote(_ name: String) -> Bool {
        switch try? RecipeLocator(name) {
        case .git, .https: true
        // What looks like a locator and is none is told as one.
        case nil: name.contains("://") || name.contains("@")
        default: false
        }
    }

    /// Whether a recipe of that name ships.
    func ships(_ name: String) -> Bool { resolver.shipped[name] != nil }

    /// Whether somebody else's recipe is locked here.
    func has(_ name: String) -> Bool { (try? resolver.resolve(name)) != nil }

    /// The recipe of a text that was read already.
    func module(_ name: String, text: [UInt8]) -> ModuleSource {
        let path = resolver.folder.pushing(FilePath(name)).lexicallyNormalized()
        return ModuleSource(place: .file(path), displayName: name, text: text)
    }

    /// What surrounds a run of a recipe.
    ///
    /// - Parameters:
    ///   - root: the recipe.
    ///   - names: who knows addresses.
    ///   - web: the way to others than ServerPilot; without one, what the recipe declares counts.
    ///   - environment: the process's variables, where the recipe runs.
    /// - Returns: the surroundings.
    func surroundings(
        of root: ModuleSource, names: any NameLookup, web: (any WebClient)? = nil, _ environment: Environment? = nil
    ) -> RecipeSurroundings {
        RecipeSurroundings(
            program: Version.number, importer: ProjectImporter(resolver: resolver, root: root), names: names, web: web,
            shell: web == nil ? nil : environment.map { OpenSSH(environment: $0.variables) },
            files: ProjectFiles(folder: resolver.folder, home: environment?.nonEmpty("HOME")),
            outside: web == nil ? .declared : .real,
            overrun: { failure in
                let report = FailureReport(failure)
                let console = Console(color: .auto, environment: Environment.current())
                console.note(report.text(console.errorStyle, width: console.errorWidth))
                report.kind.exit.atOnce()
            },
            isolation: LuaProgram.isolation)
    }
}

/// Finds what the recipes of a run import.
final class ProjectImporter: RecipeImporter {
    private let resolver: RecipeResolver
    private let root: ModuleSource
    private let modules = Mutex<[ByteExact: ModuleSource]>([:])

    init(resolver: RecipeResolver, root: ModuleSource) {
        self.resolver = resolver
        self.root = root
    }

    func module(_ name: String, for importer: String?) async throws(RecipeImportFailure) -> RecipeModule {
        let source = importer.flatMap { identity in modules.withLock { $0[ByteExact(identity)] } } ?? root
        let module: ModuleSource
        do throws(SharingError) {
            module = try resolver.resolve(name, from: source)
        } catch {
            throw RecipeImportFailure(error.message, hint: error.hint)
        }
        modules.withLock { $0[ByteExact(module.identity)] = module }
        return RecipeModule(
            identity: module.identity, source: RecipeSource(name: module.displayName, text: module.text),
            digest: "\(module.sha256)", isOfProject: Self.isTogether(module.place, source.place))
    }

    /// Whether two modules are of one project: files of this machine, or of one commit of one repository.
    private static func isTogether(_ module: ModuleSource.Place, _ importer: ModuleSource.Place) -> Bool {
        switch (module, importer) {
        case (.file, .file): true
        case (.git(let one, let commit, _), .git(let other, let otherCommit, _)):
            one.repository == other.repository && commit == otherCommit
        default: false
        }
    }
}

extension CommandFailure {
    /// A recipe of somebody cannot be had.
    init(_ error: SharingError) {
        let code: String =
            switch error.code {
            case .unwritable: "unwritable_file"
            case .invalidLocator: "usage"
            case .missingModule, .unreadable, .tooLarge: "unreadable_file"
            default: "import_failed"
            }
        self.init(code, error.message, hint: error.hint)
    }
}
