package import ServerPilot

/// A recipe in a git repository: `github.com/acme/recipes/rotate-db@v1.4.0`.
package struct GitLocator: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Where the repository is.
    package let repository: RepositoryURL
    /// The file from the top of the repository, with its `.lua`.
    @ByteExact package private(set) var path: String
    /// A tag, a branch or a commit with all of its digits.
    @ByteExact package private(set) var ref: String

    /// The file that is meant where a locator names none.
    package static let usualPath = "recipe.lua"

    /// A locator of its parts; a path without `.lua` gets it, an empty one is `recipe.lua`.
    ///
    /// - Throws: `SharingError`, `invalidLocator`.
    package init(repository: RepositoryURL, path: String, ref: String) throws(SharingError) {
        guard !repository.segments.isEmpty else { throw .invalid("'\(repository)' names no repository") }
        self.repository = repository
        self.path = try RepositoryPath.check(path.isEmpty ? Self.usualPath : path.withLuaEnding)
        self.ref = ref
        try RefName.check(ref)
    }

    /// Another file of the same repository and version, whose path was checked.
    private init(_ other: GitLocator, path: String) {
        repository = other.repository
        self.path = path
        ref = other.ref
    }

    /// The same version of another file of the repository.
    func file(_ path: String) -> GitLocator { GitLocator(self, path: path) }

    /// Whether it is the same recipe, in whichever version.
    package func isOfSameRecipe(as other: GitLocator) -> Bool {
        repository == other.repository && _path == other._path
    }

    /// Whether it is of the same version of the repository.
    func isOfSameVersion(as other: GitLocator) -> Bool { repository == other.repository && _ref == other._ref }

    /// The locator in its shortest form; read again, it gives the same.
    package var description: String {
        let short = path.withoutLuaEnding
        guard repository.isShort else { return "\(repository)//\(short)@\(ref)" }
        let parts = [repository.host] + repository.segments + (path == Self.usualPath ? [] : [short])
        return "\(parts.joined(separator: "/"))@\(ref)"
    }

    /// By repository, path and version.
    package static func < (left: GitLocator, right: GitLocator) -> Bool {
        if left.repository != right.repository { return left.repository < right.repository }
        return left._path != right._path ? left._path < right._path : left._ref < right._ref
    }
}

extension RepositoryURL {
    /// Whether a locator can name it without `https://`: a host with a dot, and two parts.
    fileprivate var isShort: Bool {
        scheme == "https" && port == nil && segments.count == 2 && host.contains(".")
            && !segments[1].hasSuffix(".git") && !segments.contains { $0.contains("@") }
    }
}

extension String {
    /// The text with `.lua` behind it.
    var withLuaEnding: String { hasSuffix(".lua") ? self : self + ".lua" }

    /// The path without its `.lua`, where reading that gives the path again.
    fileprivate var withoutLuaEnding: String {
        let short = String(dropLast(4))
        return short.isEmpty || short.hasSuffix("/") || short.hasSuffix(".lua") ? self : short
    }
}
