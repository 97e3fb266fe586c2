/// What the version of a locator stands for in its repository.
package struct GitRevision: Hashable, Sendable {
    /// What kind of name a version is.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A tag, annotated or not: it should never name another commit.
        case tag
        /// A branch: it names another commit whenever somebody works on it.
        case branch
        /// The commit itself.
        case commit
    }

    /// What kind of name it is.
    package let kind: Kind
    /// The commit that it names; that of an annotated tag, not the tag's own id.
    package let commit: CommitID
    /// Whether the tag has a branch of the same name beside it, which was not taken.
    package let isAlsoBranch: Bool

    /// A revision.
    package init(kind: Kind, commit: CommitID, isAlsoBranch: Bool = false) {
        self.kind = kind
        self.commit = commit
        self.isAlsoBranch = isAlsoBranch
    }
}
