internal import Groundwork

/// The location of a recipe, as written in `import` and `sprun get`.
///
/// | written | means |
/// |---|---|
/// | `./x.lua`, `../x`, `/srv/x.lua`, `lib/x.lua` | a file, relative to the importing file |
/// | `wp-site`, `lib/users` | a file with this name beside the importing file, else a shipped recipe |
/// | `github.com/owner/repo/path@ref` | a file in a repository on a host with a dot, fetched over HTTPS |
/// | `URL//path@ref` | a file in any repository: `ssh://git@host/x//p@v1`, `file:///srv/recipes//p@v1` |
/// | `https://host/x.lua#sha256=…` | a single file with its hash |
///
/// A path in a repository gets a missing `.lua`; an empty path means `recipe.lua`. The version is a tag, a branch or a
/// full commit id. It begins after the first `@`, so a path cannot contain `@`.
package enum RecipeLocator: Hashable, Sendable, CustomStringConvertible {
    /// A file path, including `.lua`.
    case file(String)
    /// A name without `.lua`.
    case name(String)
    /// A file in a git repository.
    case git(GitLocator)
    /// A file at an HTTPS address.
    case https(HTTPSLocator)

    /// The locator as users write it; parsing it returns an equal locator.
    package var description: String {
        switch self {
        case .file(let path): path
        case .name(let name): name
        case .git(let locator): locator.description
        case .https(let locator): locator.description
        }
    }

    /// Whether both have the same bytes as text.
    package static func == (left: RecipeLocator, right: RecipeLocator) -> Bool {
        ByteExact(left.description) == ByteExact(right.description)
    }

    /// Hashes the bytes.
    package func hash(into hasher: inout Hasher) { hasher.combine(ByteExact(description)) }
}
