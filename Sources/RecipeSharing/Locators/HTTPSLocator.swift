/// A recipe at an address: `https://acme.example/site.lua#sha256=…`.
package struct HTTPSLocator: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Where it is, without the hash.
    package let url: RepositoryURL
    /// What it must be.
    package let sha256: ContentHash

    /// A locator of its parts.
    ///
    /// - Throws: `SharingError`, `invalidLocator`.
    package init(url: RepositoryURL, sha256: ContentHash) throws(SharingError) {
        guard url.scheme == "https" || url.scheme == "http" else {
            throw .invalid("'\(url)' is not an https:// address")
        }
        guard let name = url.segments.last, name.hasSuffix(".lua") else {
            throw .invalid("'\(url)' names no file that ends in .lua")
        }
        self.url = url
        self.sha256 = sha256
    }

    /// The locator.
    package var description: String { "\(url)#sha256=\(sha256)" }

    /// By address, then hash.
    package static func < (left: HTTPSLocator, right: HTTPSLocator) -> Bool {
        left.url != right.url ? left.url < right.url : left.sha256 < right.sha256
    }
}
