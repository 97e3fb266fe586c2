/// What getting recipes came to.
package struct FetchResult: Hashable, Sendable {
    /// The lock as it has to be written now; nothing has been written yet but the cache.
    package let lock: RecipeLock
    /// What is different in it, and what is not, sorted by locator.
    package let changes: [SharingChange]
}

/// How recipes are got.
package struct FetchOptions: Hashable, Sendable {
    /// Takes a tag that names another commit than the lock has for it, which is refused else.
    package var acceptsMovedTags = false
    /// Takes what is asked for as all that the project imports, and forgets what it does not reach.
    package var removesUnused = false

    /// Options; the careful ones without anything else said.
    package init(acceptsMovedTags: Bool = false, removesUnused: Bool = false) {
        self.acceptsMovedTags = acceptsMovedTags
        self.removesUnused = removesUnused
    }
}
