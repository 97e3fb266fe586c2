internal import Groundwork
internal import RecipeEngine
internal import RecipeLanguage
internal import RecipeSharing
internal import SecureShell
internal import ServerPilot
internal import Synchronization
internal import SystemPackage

/// The recipes of the working folder: its files, the recipes in its `sprun.lock`, and shipped recipes.
struct ProjectRecipes: Sendable {
    /// The resolver of these recipes.
    let resolver: RecipeResolver
    /// The path of the lock file.
    let lockFile: FilePath
    private let cache: FilePath

    /// Reads the lock.
    ///
    /// - Parameters:
    ///   - paths: The paths of sprun's files.
    ///   - environment: The environment, with the working folder.
    ///   - lock: The lock file to use instead of the folder's.
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

    /// Returns the same recipes with another lock, which need not be written yet.
    func with(_ lock: RecipeLock) -> ProjectRecipes { ProjectRecipes(resolver.folder, lockFile, lock, cache: cache) }

    /// Whether a recipe is locked at a branch.
    func isBranch(_ name: String) -> Bool {
        guard case .git(let locator)? = try? RecipeLocator(name) else { return false }
        return resolver.lock.git[locator]?.kind == .branch
    }

    /// Returns a recipe by the user's name for it: a locator, a shipped recipe's name, or a file.
    ///
    /// - Throws: `CommandFailure`.
    func module(_ name: String) throws -> ModuleSource {
        do throws(SharingError) { return try resolver.resolve(name) } catch { throw CommandFailure(error) }
    }

    /// Whether an argument is the locator of another person's recipe.
    func isRemote(_ name: String) -> Bool {
        switch try? RecipeLocator(name) {
        case .git, .https: true
        // An invalid locator counts too, so that the user gets the error about the locator.
        case nil: name.contains("://") || name.contains("@")
        default: false
        }
    }

    /// Whether a recipe with this name ships.
    func ships(_ name: String) -> Bool { resolver.shipped[name] != nil }

    /// Whether another person's recipe is locked and available.
    func has(_ name: String) -> Bool { (try? resolver.resolve(name)) != nil }

    /// Returns the module of a text that was read before.
    func module(_ name: String, text: [UInt8]) -> ModuleSource {
        let path = resolver.folder.pushing(FilePath(name)).lexicallyNormalized()
        return ModuleSource(place: .file(path), displayName: name, text: text, isDecoded: true)
    }

    /// Returns the surroundings of a run of a recipe.
    ///
    /// - Parameters:
    ///   - root: The recipe.
    ///   - names: The resolver of host names.
    ///   - web: The client for other HTTP APIs; `nil` to use the replies that the recipe declares.
    ///   - environment: The environment of this process; `nil` if the recipe does not run.
    ///   - isUnsafe: Whether modules of others may run if a wall around them is missing.
    /// - Returns: The surroundings.
    /// - Throws: `CommandFailure`, `unsafe`, if another person wrote the recipe and a wall around it is missing.
    func surroundings(
        of root: ModuleSource, names: any NameLookup, web: (any WebClient)? = nil, _ environment: Environment? = nil,
        isUnsafe: Bool
    ) throws -> RecipeSurroundings {
        if let danger = LuaProgram.danger(of: root, isUnsafe: isUnsafe) {
            throw CommandFailure("unsafe", danger, hint: LuaProgram.dangerHint)
        }
        return RecipeSurroundings(
            program: Version.number,
            importer: ProjectImporter(resolver: resolver, root: root, isUnsafe: isUnsafe), names: names, web: web,
            shell: web == nil ? nil : environment.map { OpenSSH(environment: $0.variables) },
            files: ProjectFiles(folder: resolver.folder, home: environment?.nonEmpty("HOME")),
            outside: web == nil ? .declared : .real,
            overrun: { failure in
                let report = FailureReport(failure)
                let console = Console(color: .auto, environment: Environment.current())
                console.note(report.text(console.errorStyle, width: console.errorWidth))
                report.kind.exit.atOnce()
            },
            isolation: LuaProgram.isolation, processMemory: LuaProgram.memory)
    }
}

/// The importer of a run's recipes.
final class ProjectImporter: RecipeImporter {
    private let resolver: RecipeResolver
    private let root: ModuleSource
    private let isUnsafe: Bool
    private let modules = Mutex<[ByteExact: ModuleSource]>([:])

    init(resolver: RecipeResolver, root: ModuleSource, isUnsafe: Bool) {
        self.resolver = resolver
        self.root = root
        self.isUnsafe = isUnsafe
    }

    func module(_ name: String, for importer: String?) async throws(RecipeImportFailure) -> RecipeModule {
        let source = importer.flatMap { identity in modules.withLock { $0[ByteExact(identity)] } } ?? root
        let module: ModuleSource
        do throws(SharingError) {
            module = try resolver.resolve(name, from: source)
        } catch {
            throw RecipeImportFailure(error.message, hint: error.hint)
        }
        if let danger = LuaProgram.danger(of: module, isUnsafe: isUnsafe) {
            throw RecipeImportFailure(danger, hint: LuaProgram.dangerHint)
        }
        modules.withLock { $0[ByteExact(module.identity)] = module }
        return RecipeModule(
            identity: module.identity, source: RecipeSource(name: module.displayName, text: module.text),
            digest: "\(module.sha256)", isOfProject: Self.isTogether(module.place, source.place))
    }

    /// Whether two modules belong together: files of this machine, or files of the same commit of a repository.
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
    /// Converts a failure to resolve or fetch a recipe.
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
