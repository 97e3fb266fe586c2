internal import ServerPilot
package import SystemPackage

extension RecipeResolver {
    /// Whether all that is locked is there, with the bytes that it must have: what `--locked` asks before a run.
    ///
    /// - Returns: what is not, in the order of the lock; empty where everything is.
    package func check() -> [SharingError] {
        var problems: [SharingError] = []
        forEachFile { result in
            if case .failure(let error) = result { problems.append(error) }
        }
        return problems
    }

    /// Copies all that is locked to a folder, for use without network and cache.
    ///
    /// A file that is there with the right bytes stays; another one is replaced, since who calls this wants what is
    /// locked. What the folder has of earlier locks stays too.
    ///
    /// - Parameter folder: `vendor` in the project, as it was given to `init`.
    /// - Returns: the files of the lock, by their paths from the folder, sorted.
    /// - Throws: `SharingError`: `notFetched`, `damagedCache`, `unwritable`, also where a part of a path is a link.
    ///   Nothing is written where a file is missing.
    package func vendor(into folder: FilePath) throws(SharingError) -> [FilePath] {
        var files: [FilePath: [UInt8]] = [:]
        var problem: SharingError?
        RecipeResolver(folder: self.folder, lock: lock, cache: store.cache, vendor: folder, shipped: shipped)
            .forEachFile(replacingChanged: true) { result in
                switch result {
                case .success(let file): files[file.vendored] = file.bytes
                case .failure(let error): problem = problem ?? error
                }
            }
        if let problem { throw problem }
        // From the folder that has it, since vendor itself can be a link.
        let project = FolderFiles(folder: folder.removingLastComponent())
        for (path, bytes) in files {
            let path = FilePath(root: nil, folder.components.suffix(1)).pushing(path)
            if let old = try? project.read(path, limit: SharingLimits.largestFile), old == bytes { continue }
            try project.write(
                bytes, to: path, permissions: [.ownerReadWrite, .groupRead, .otherRead], folders: .folderForAll)
        }
        return files.keys.sorted { $0.string.utf8.lexicographicallyPrecedes($1.string.utf8) }
    }

    /// A file of the lock.
    struct LockedFile {
        /// Its path in the vendor folder.
        let vendored: FilePath
        let bytes: [UInt8]
    }

    /// Reads every file of the lock.
    ///
    /// - Parameters:
    ///   - replacingChanged: looks in the cache for what is changed in the vendor folder.
    ///   - body: gets each file, or why it cannot be had.
    private func forEachFile(replacingChanged: Bool = false, _ body: (Result<LockedFile, SharingError>) -> Void) {
        let inCache = RecipeStore(cache: store.cache, vendor: nil)
        func visit(_ vendored: FilePath, _ name: String, _ read: (RecipeStore) throws(SharingError) -> [UInt8]?) {
            do throws(SharingError) {
                var bytes: [UInt8]?
                do throws(SharingError) {
                    bytes = try read(store)
                } catch {
                    guard replacingChanged, [.changed, .tooLarge, .outside].contains(error.code) else { throw error }
                    bytes = try read(inCache)
                }
                guard let bytes else {
                    throw SharingError(
                        .notFetched, "'\(name)' is locked, and is neither in the vendor folder nor in the cache",
                        hint: "sprun get --locked fetches all that is locked")
                }
                body(.success(LockedFile(vendored: vendored, bytes: bytes)))
            } catch {
                body(.failure(error))
            }
        }
        for (locator, entry) in lock.git.sorted(by: { $0.key < $1.key }) {
            for (path, hash) in entry.files.sorted(by: { $0.key < $1.key }) {
                let path = path.description
                visit(VendorPath.file(path, of: locator.repository, entry.commit), "\(locator.file(path))") {
                    store throws(SharingError) in
                    try store.bytes(locator, entry.commit, path: path, hash)
                }
            }
        }
        for locator in lock.https.sorted() {
            visit(VendorPath.file(locator), "\(locator)") { store throws(SharingError) in try store.bytes(locator) }
        }
    }
}
