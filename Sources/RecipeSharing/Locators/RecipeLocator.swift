internal import ServerPilot

/// What `import` and `sprun get` are given: where a recipe is.
///
/// | written | means |
/// |---|---|
/// | `./x.lua`, `../x`, `/srv/x.lua`, `lib/x.lua` | a file, from the one that imports it |
/// | `wp-site`, `lib/users` | a file of that name beside the one that imports it, else a recipe that ships |
/// | `github.com/owner/repo/path@ref` | a file of a repository on a host with a dot, fetched by https |
/// | `URL//path@ref` | a file of a repository anywhere: `ssh://git@host/x//p@v1`, `file:///srv/recipes//p@v1` |
/// | `https://host/x.lua#sha256=…` | one file, by its hash |
///
/// A path in a repository gets its `.lua` where it has none; where there is none, `recipe.lua` is meant. The version is
/// a tag, a branch or a whole commit id; it begins at the first `@`, so a path has none.
package enum RecipeLocator: Hashable, Sendable, CustomStringConvertible {
    /// A file, with its `.lua`.
    case file(String)
    /// A name without `.lua`.
    case name(String)
    /// A file of a repository.
    case git(GitLocator)
    /// A file at an address.
    case https(HTTPSLocator)

    /// The locator as people write it; read again, it gives the same.
    package var description: String {
        switch self {
        case .file(let path): path
        case .name(let name): name
        case .git(let locator): locator.description
        case .https(let locator): locator.description
        }
    }

    /// Whether both are written with the same bytes.
    package static func == (left: RecipeLocator, right: RecipeLocator) -> Bool {
        ByteExact(left.description) == ByteExact(right.description)
    }

    /// Hashes the bytes.
    package func hash(into hasher: inout Hasher) { hasher.combine(ByteExact(description)) }
}
