package import Groundwork
internal import ServerPilot

/// A recipe in a git repository: `github.com/acme/recipes/rotate-db@v1.4.0`.
package struct GitLocator: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The address of the repository.
    package let repository: RepositoryURL
    /// The path of the file from the root of the repository, including `.lua`.
    @ByteExact package private(set) var path: String
    /// A tag, a branch or a full commit id.
    @ByteExact package private(set) var ref: String

    /// The path if a locator contains none.
    package static let usualPath = "recipe.lua"

    /// Creates a locator; adds a missing `.lua` to the path and replaces an empty path with `recipe.lua`.
    ///
    /// - Throws: `SharingError`, `invalidLocator`.
    package init(repository: RepositoryURL, path: String, ref: String) throws(SharingError) {
        guard !repository.segments.isEmpty else { throw .invalid("'\(repository)' does not name a repository") }
        self.repository = repository
        self.path = try RepositoryPath.check(path.isEmpty ? Self.usualPath : path.withLuaEnding)
        self.ref = ref
        try RefName.check(ref)
    }

    /// Creates a locator for another file of the same version; the caller has checked the path.
    private init(_ other: GitLocator, path: String) {
        repository = other.repository
        self.path = path
        ref = other.ref
    }

    /// Returns the locator of another file of the same version.
    func file(_ path: String) -> GitLocator { GitLocator(self, path: path) }

    /// Whether both locate the same recipe, in any version.
    package func isOfSameRecipe(as other: GitLocator) -> Bool {
        repository == other.repository && _path == other._path
    }

    /// Whether both have the same repository and version.
    func isOfSameVersion(as other: GitLocator) -> Bool { repository == other.repository && _ref == other._ref }

    /// The locator in its shortest form; parsing it returns an equal locator.
    package var description: String {
        let short = path.withoutLuaEnding
        guard repository.isShort else { return "\(repository)//\(short)@\(ref)" }
        let parts = [repository.host] + repository.segments + (path == Self.usualPath ? [] : [short])
        return "\(parts.joined(separator: "/"))@\(ref)"
    }

    /// Compares repository, path and version, in this order.
    package static func < (left: GitLocator, right: GitLocator) -> Bool {
        if left.repository != right.repository { return left.repository < right.repository }
        return left._path != right._path ? left._path < right._path : left._ref < right._ref
    }
}

extension RepositoryURL {
    /// Whether a locator can omit `https://`: the host has a dot, and the path has two components.
    fileprivate var isShort: Bool {
        scheme == "https" && port == nil && segments.count == 2 && host.contains(".")
            && !segments[1].hasSuffix(".git") && !segments.contains { $0.contains("@") }
    }
}

extension String {
    /// The string with `.lua` appended, unless it has that ending.
    var withLuaEnding: String { hasSuffix(".lua") ? self : self + ".lua" }

    /// The path without `.lua`, if parsing the result returns the same path; else unchanged.
    fileprivate var withoutLuaEnding: String {
        let short = String(dropLast(4))
        return short.isEmpty || short.hasSuffix("/") || short.hasSuffix(".lua") ? self : short
    }
}
