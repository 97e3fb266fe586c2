/// Gets a file from an `https://` address; injected, so that this target has no HTTP client of its own.
package protocol RecipeDownload: Sendable {
    /// The bytes at an address.
    ///
    /// Certificates are checked, redirects lead to `https` alone, and a reply that is no success is an error.
    ///
    /// - Parameters:
    ///   - url: an address without user, query and fragment; plain `http` from this machine alone.
    ///   - limit: more bytes are not read; it may throw or give up to one byte more.
    /// - Returns: the bytes as they are, without a content coding.
    /// - Throws: what went wrong, in words for people; `SharingError` passes as it is.
    func bytes(from url: String, limit: Int) async throws -> [UInt8]
}
