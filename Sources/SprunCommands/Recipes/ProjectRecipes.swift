internal import FoundationEssentials
internal import Groundwork
internal import RecipeEngine
internal import RecipeLanguage
internal import RecipeSharing
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
    ///   - folder: The working folder.
    ///   - cache: The folder for files that can be fetched again.
    ///   - lock: The lock file to use instead of the folder's.
    /// - Throws: `SharingError`.
    init(_ folder: FilePath, cache: FilePath, lock: FilePath? = nil) throws {
        let file = lock ?? folder.appending(RecipeLock.fileName)
        self.init(folder, file, try RecipeLock(readingFrom: file), cache: cache.appending("recipes"))
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
    /// - Throws: `SharingError`.
    func module(_ name: String) throws -> ModuleSource { try resolver.resolve(name) }

    /// Whether an argument is the locator of another person's recipe.
    func isRemote(_ name: String) -> Bool {
        // Every such locator has a scheme or a version, and most names have neither.
        guard name.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "@") }) else { return false }
        return switch try? RecipeLocator(name) {
        case .git, .https: true
        // An invalid locator counts too, so that the user gets the error about the locator.
        case nil: name.contains("://") || name.contains("@")
        default: false
        }
    }

    /// The Lua files of the folder and of its folder `recipes`, as paths from the folder, sorted.
    var fileNames: [String] {
        ["", "recipes/"].flatMap { prefix -> [String] in
            let folder = prefix.isEmpty ? resolver.folder : resolver.folder.appending("recipes")
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? []
            return names.filter { $0.hasSuffix(".lua") && !$0.hasPrefix(".") }.sorted().map { prefix + $0 }
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

    /// Throws if a locked file is missing or has another hash.
    ///
    /// - Throws: `SharingError` for the first such file.
    func checkLock() throws {
        if let problem = resolver.check().first { throw problem }
    }

    /// Returns the surroundings for reading a recipe; for a run, `RecipeContext` adds the services of its target.
    ///
    /// - Throws: `CommandFailure`, `unsafe`, for another person's recipe with incomplete isolation, unless `isUnsafe`.
    func surroundings(of root: ModuleSource, isUnsafe: Bool) throws -> RecipeSurroundings {
        if let danger = LuaProgram.danger(of: root, isUnsafe: isUnsafe) {
            throw CommandFailure("unsafe", danger, hint: LuaProgram.dangerHint)
        }
        return RecipeSurroundings(
            program: Version.number,
            importer: ProjectImporter(resolver: resolver, root: root, isUnsafe: isUnsafe), names: SystemNames(),
            files: ProjectFiles(folder: resolver.folder, home: nil),
            overrun: { failure in
                TextReporter(Console(color: .auto, environment: .current())).report(failure).atOnce()
            },
            isolation: LuaProgram.isolation, processMemory: LuaProgram.memory)
    }
}
