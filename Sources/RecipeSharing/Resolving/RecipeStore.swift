internal import SystemPackage

/// Where the bytes are that a lock names: the project's `vendor` folder first, then the cache.
///
/// What has another hash than the lock says is never given.
struct RecipeStore: Sendable {
    let cache: RecipeCache
    /// The folder of the project with copies; `nil` where it has none.
    let vendor: FilePath?

    /// The bytes of a file of a repository; `nil` where they are nowhere.
    ///
    /// - Throws: `SharingError`: `changed`, `damagedCache`, `unreadable`.
    func bytes(
        _ locator: GitLocator, _ commit: CommitID, path: String, _ hash: ContentHash
    ) throws(SharingError) -> [UInt8]? {
        try bytes(hash, vendored: VendorPath.file(path, of: locator.repository, commit), "\(locator.file(path))")
    }

    /// The bytes of a file at an address; `nil` where they are nowhere.
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
                        .changed, "'\(file)' has other bytes than \(RecipeLock.fileName) has for '\(name)'",
                        hint: "run sprun vendor to make it anew; what is to be changed belongs in a file of the project"
                    )
                }
                return bytes
            }
        }
        return try cache.bytes(hash)
    }
}
