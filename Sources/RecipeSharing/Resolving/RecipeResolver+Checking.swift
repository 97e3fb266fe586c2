internal import Groundwork
internal import ServerPilot
package import SystemPackage

extension RecipeResolver {
    /// Checks that all locked files are available with their locked hashes; used by `--locked` before a run.
    ///
    /// - Returns: The failures, in the order of the lock; empty if there are none.
    package func check() -> [SharingError] {
        var problems: [SharingError] = []
        forEachFile { result in
            if case .failure(let error) = result { problems.append(error) }
        }
        return problems
    }

    /// Copies all locked files to a folder, for use without network and cache.
    ///
    /// Files with the right bytes are kept, other files are replaced, because the caller wants the locked content.
    /// Files of earlier locks are not removed.
    ///
    /// - Parameter folder: The project's `vendor` folder, as passed to `init`.
    /// - Returns: The paths of the locked files relative to the folder, sorted.
    /// - Throws: `SharingError`: `notFetched`, `damagedCache`, `unwritable`, also if a path component is a link. If a
    ///   file is missing, nothing is written.
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
        // Opened from its parent folder, because the vendor folder itself can be a link.
        let project = FolderFiles(folder: folder.removingLastComponent())
        for (path, bytes) in files {
            let path = FilePath(root: nil, folder.components.suffix(1)).pushing(path)
            if let old = try? project.read(path, limit: SharingLimits.largestFile), old == bytes { continue }
            try project.write(
                bytes, to: path, permissions: [.ownerReadWrite, .groupRead, .otherRead], folders: .folderForAll)
        }
        return files.keys.sorted { $0.string.utf8.lexicographicallyPrecedes($1.string.utf8) }
    }

    /// A file in the lock.
    struct LockedFile {
        /// The path of its copy in the vendor folder.
        let vendored: FilePath
        let bytes: [UInt8]
    }

    /// Reads every file of the lock.
    ///
    /// - Parameters:
    ///   - replacingChanged: Whether to read a file from the cache if its copy in the vendor folder has changed.
    ///   - body: Receives each file, or the reason why it is not available.
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
                        .notFetched, "'\(name)' is locked, but is neither in the vendor folder nor in the cache",
                        hint: "sprun get --locked fetches all locked files")
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
