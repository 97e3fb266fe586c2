/// A recipe at an HTTPS address: `https://acme.example/site.lua#sha256=…`.
package struct HTTPSLocator: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The address without the hash.
    package let url: RepositoryURL
    /// The hash that the file must have.
    package let sha256: ContentHash

    /// Creates a locator.
    ///
    /// - Throws: `SharingError`, `invalidLocator`.
    package init(url: RepositoryURL, sha256: ContentHash) throws(SharingError) {
        guard url.scheme == "https" || url.scheme == "http" else {
            throw .invalid("'\(url)' is not an https:// URL")
        }
        guard let name = url.segments.last, name.hasSuffix(".lua") else {
            throw .invalid("'\(url)' does not name a file that ends with .lua")
        }
        self.url = url
        self.sha256 = sha256
    }

    /// The address and the hash, as users write them.
    package var description: String { "\(url)#sha256=\(sha256)" }

    /// Compares address and hash, in this order.
    package static func < (left: HTTPSLocator, right: HTTPSLocator) -> Bool {
        left.url != right.url ? left.url < right.url : left.sha256 < right.sha256
    }
}
