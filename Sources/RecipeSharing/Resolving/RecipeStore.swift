internal import SystemPackage

/// The bytes of locked files: from the project's `vendor` folder first, then from the cache.
///
/// It never returns bytes with another hash than in the lock.
struct RecipeStore: Sendable {
    let cache: RecipeCache
    /// The project's folder of copies; `nil` if there is none.
    let vendor: FilePath?

    /// Returns the bytes of a file in a repository; `nil` if neither place has them.
    ///
    /// - Throws: `SharingError`: `changed`, `damagedCache`, `unreadable`.
    func bytes(
        _ locator: GitLocator, _ commit: CommitID, path: String, _ hash: ContentHash
    ) throws(SharingError) -> [UInt8]? {
        try bytes(hash, vendored: VendorPath.file(path, of: locator.repository, commit), "\(locator.file(path))")
    }

    /// Returns the bytes of a file at an address; `nil` if neither place has them.
    ///
    /// - Throws: `SharingError`: `changed`, `damagedCache`, `unreadable`.
    func bytes(_ locator: HTTPSLocator) throws(SharingError) -> [UInt8]? {
        try bytes(locator.sha256, vendored: VendorPath.file(locator), "\(locator.url)")
    }

    private func bytes(
        _ hash: ContentHash, vendored: FilePath, _ name: String
    ) throws(SharingError) -> [UInt8]? {
        if let vendor {
            let file = vendor.pushing(vendored)
            let path = FilePath(root: nil, vendor.components.suffix(1)).pushing(vendored)
            let project = FolderFiles(folder: vendor.removingLastComponent())
            if let bytes = try project.read(path, limit: SharingLimits.largestFile) {
                guard ContentHash(of: bytes) == hash else {
                    throw SharingError(
                        .changed, "the hash of '\(file)' differs from \(RecipeLock.fileName) for '\(name)'",
                        hint: "sprun vendor restores it; to change a recipe, copy it into a file of the project"
                    )
                }
                return bytes
            }
        }
        return try cache.bytes(hash)
    }
}
