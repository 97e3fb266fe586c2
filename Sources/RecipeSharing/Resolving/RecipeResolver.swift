internal import ServerPilot
package import SystemPackage

/// Finds the recipes that a run imports: files of the project, those that ship, and those of others that are locked.
///
/// It never reaches the network: what is fetched is fetched by `RecipeFetcher`, when somebody asks for it.
package struct RecipeResolver: Sendable {
    /// The folder that what the user names is relative to; an absolute path.
    package let folder: FilePath
    /// What may be used.
    package let lock: RecipeLock
    /// The recipes that ship, by their names.
    package let shipped: [String: [UInt8]]
    let store: RecipeStore

    /// A resolver.
    ///
    /// - Parameters:
    ///   - folder: what the user names is relative to it; an absolute path.
    ///   - lock: that of the project.
    ///   - cache: where fetched files are.
    ///   - vendor: the folder of the project with copies of them, which come first; need not be there.
    ///   - shipped: the recipes that ship, by their names without `.lua`.
    package init(
        folder: FilePath, lock: RecipeLock, cache: RecipeCache, vendor: FilePath? = nil,
        shipped: [String: [UInt8]] = [:]
    ) {
        self.folder = folder
        self.lock = lock
        self.shipped = shipped
        store = RecipeStore(cache: cache, vendor: vendor)
    }

    /// The module that an import means.
    ///
    /// - Parameters:
    ///   - text: what is imported: a locator, a name, a path.
    ///   - importer: the module that imports it; `nil` for what the user names.
    /// - Returns: the module, with the bytes that the lock has for it where it is somebody else's.
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

    /// What is on this machine.
    var local: LocalModules { LocalModules(folder: folder, shipped: shipped) }

    private func gitModule(
        _ locator: GitLocator, _ commit: CommitID, path: String, _ hash: ContentHash
    ) throws(SharingError) -> ModuleSource {
        guard let bytes = try store.bytes(locator, commit, path: path, hash) else { throw notFetched("\(locator)") }
        return ModuleSource(
            place: .git(locator, commit, path: path), displayName: "\(locator.file(path))", text: bytes)
    }

    private func notLocked(_ locator: String, others: [String] = []) -> SharingError {
        let have = others.isEmpty ? "" : ", which has it at \(others.joined(separator: ", "))"
        return SharingError(
            .notLocked, "'\(locator)' is not in \(RecipeLock.fileName)\(have)", hint: "sprun get \(locator)")
    }

    /// The versions of a recipe that are locked.
    private func versions(of locator: GitLocator) -> [String] {
        lock.git.keys.filter { $0.isOfSameRecipe(as: locator) }.sorted().map(\.ref)
    }

    private func notFetched(_ locator: String) -> SharingError {
        SharingError(
            .notFetched, "'\(locator)' is locked, and its files are neither in the vendor folder nor in the cache",
            hint: "sprun get --locked fetches all that is locked")
    }
}
