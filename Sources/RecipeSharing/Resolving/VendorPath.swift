internal import Groundwork
internal import SystemPackage

/// Paths of copies in the `vendor` folder.
///
/// Examples are `git/https/github.com/acme/recipes/COMMIT/rotate-db.lua` and `https/acme.example/site/SHA256.lua`. The
/// path has the commit, not the version, so that its content never changes.
enum VendorPath {
    static func file(_ path: String, of repository: RepositoryURL, _ commit: CommitID) -> FilePath {
        let parts = ["git", repository.scheme] + address(repository) + [commit.description]
        return FilePath((parts.map(escaped) + path.split(separator: "/").map(String.init)).joined(separator: "/"))
    }

    static func file(_ locator: HTTPSLocator) -> FilePath {
        let parts = [locator.url.scheme] + address(locator.url) + ["\(locator.sha256).lua"]
        return FilePath(parts.map(escaped).joined(separator: "/"))
    }

    private static func address(_ url: RepositoryURL) -> [String] {
        let login = url.user.map { "\($0)@" } ?? ""
        let number = url.port.map { ":\($0)" } ?? ""
        return (url.host.isEmpty ? [] : [login + url.host + number]) + url.segments
    }

    /// Percent-encodes the bytes that some file systems do not accept.
    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = byte.isHostByte || "~+@".utf8.contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + HexadecimalText.text([byte])
        }.joined()
    }
}
