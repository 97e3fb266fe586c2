internal import Groundwork
package import SystemPackage

/// A resolver of a run's imports: files of the project, shipped recipes, and locked recipes of other people.
///
/// It never uses the network; only `RecipeFetcher` does, on request.
package struct RecipeResolver: Sendable {
    /// The absolute path of the folder that the user's locators are relative to.
    package let folder: FilePath
    /// The lock, which limits the usable recipes of other people.
    package let lock: RecipeLock
    /// The shipped recipes by name, without `.lua`.
    package let shipped: [String: [UInt8]]
    let store: RecipeStore

    /// Creates a resolver.
    ///
    /// - Parameters:
    ///   - folder: The absolute path of the folder that the user's locators are relative to.
    ///   - lock: The lock of the project.
    ///   - cache: The cache of fetched files.
    ///   - vendor: The project's folder of copies, which take precedence over the cache; need not exist.
    ///   - shipped: The shipped recipes by name, without `.lua`.
    package init(
        folder: FilePath, lock: RecipeLock, cache: RecipeCache, vendor: FilePath? = nil,
        shipped: [String: [UInt8]] = [:]
    ) {
        self.folder = folder
        self.lock = lock
        self.shipped = shipped
        store = RecipeStore(cache: cache, vendor: vendor)
    }

    /// Returns the module of an import.
    ///
    /// - Parameters:
    ///   - text: The import: a locator, a name or a path.
    ///   - importer: The importing module; `nil` if the user wrote the locator.
    /// - Returns: The module; if it is another person's, its bytes match the lock.
    /// - Throws: `SharingError`: `invalidLocator`, `outside`, `missingModule`, `unreadable`, `tooLarge`, `notLocked`,
    ///   `notFetched`, `changed`, `damagedCache`.
    package func resolve(_ text: String, from importer: ModuleSource? = nil) throws(SharingError) -> ModuleSource {
        do {
            let target = try ImportTarget(RecipeLocator(text), from: importer, folder: folder)
            return try module(target)
        } catch {
            guard let importer else { throw error }
            throw error.imported(text, by: importer.displayName)
        }
    }

    private func module(_ target: ImportTarget) throws(SharingError) -> ModuleSource {
        switch target {
        case .file, .shipped: return try local.module(target)
        case .git(let locator):
            guard let entry = lock.git[locator], let hash = entry.files[ByteExact(locator.path)] else {
                throw notLocked("\(locator)", others: versions(of: locator))
            }
            return try gitModule(locator, entry.commit, path: locator.path, hash)
        case .sibling(let locator, let commit, let path, let name):
            guard let entry = lock.git[locator], entry.commit == commit else { throw notLocked("\(locator)") }
            if let hash = entry.files[ByteExact(path)] { return try gitModule(locator, commit, path: path, hash) }
            if let name, shipped[name] != nil { return try local.module(.shipped(name)) }
            throw SharingError(
                .notLocked, "'\(path)' of '\(locator)' is not in \(RecipeLock.fileName)", hint: "sprun get \(locator)")
        case .https(let locator):
            guard lock.https.contains(locator) else { throw notLocked("\(locator)") }
            guard let bytes = try store.bytes(locator) else { throw notFetched("\(locator)") }
            return ModuleSource(place: .https(locator), displayName: "\(locator.url)", text: bytes)
        }
    }

    /// The modules on this machine.
    var local: LocalModules { LocalModules(folder: folder, shipped: shipped) }

    private func gitModule(
        _ locator: GitLocator, _ commit: CommitID, path: String, _ hash: ContentHash
    ) throws(SharingError) -> ModuleSource {
        guard let bytes = try store.bytes(locator, commit, path: path, hash) else { throw notFetched("\(locator)") }
        return ModuleSource(
            place: .git(locator, commit, path: path), displayName: "\(locator.file(path))", text: bytes)
    }

    private func notLocked(_ locator: String, others: [String] = []) -> SharingError {
        let have = others.isEmpty ? "" : ", which has the versions \(others.joined(separator: ", "))"
        return SharingError(
            .notLocked, "'\(locator)' is not in \(RecipeLock.fileName)\(have)", hint: "sprun get \(locator)")
    }

    /// Returns the locked versions of a recipe.
    private func versions(of locator: GitLocator) -> [String] {
        lock.git.keys.filter { $0.isOfSameRecipe(as: locator) }.sorted().map(\.ref)
    }

    private func notFetched(_ locator: String) -> SharingError {
        SharingError(
            .notFetched, "'\(locator)' is locked, but its files are neither in the vendor folder nor in the cache",
            hint: "sprun get --locked fetches all locked files")
    }
}
