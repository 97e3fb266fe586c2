/// The result of fetching recipes.
package struct FetchResult: Hashable, Sendable {
    /// The lock to write; only the cache has been written so far.
    package let lock: RecipeLock
    /// The fetched recipes, changed or not, and then the removed recipes.
    ///
    /// In both groups, repositories come before addresses; each is sorted by locator.
    package let changes: [SharingChange]
}

/// Options for fetching recipes.
package struct FetchOptions: Hashable, Sendable {
    /// Accepts a tag that now points to another commit than in the lock; by default, such a tag is refused.
    package var acceptsMovedTags = false
    /// Treats the given recipes as the project's only imports, and removes lock entries that they do not import.
    package var removesUnused = false

    /// Creates options; by default, both are off.
    package init(acceptsMovedTags: Bool = false, removesUnused: Bool = false) {
        self.acceptsMovedTags = acceptsMovedTags
        self.removesUnused = removesUnused
    }
}
