/// A client that downloads files from `https://` addresses; injected, so that this target needs no HTTP client.
package protocol RecipeDownload: Sendable {
    /// Returns the bytes at an address.
    ///
    /// It checks certificates, follows redirects only to `https`, and throws for any reply that is not a success.
    ///
    /// - Parameters:
    ///   - url: An address without user, query and fragment; plain `http` only for this machine.
    ///   - limit: The largest number of bytes to read; for a larger file, it throws or returns one byte more.
    /// - Returns: The unchanged bytes, transferred without a content coding.
    /// - Throws: Any error whose text is fit for users; a `SharingError` is passed on unchanged.
    func bytes(from url: String, limit: Int) async throws -> [UInt8]
}
