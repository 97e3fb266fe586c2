/// The commit that a locator's version resolves to in its repository.
package struct GitRevision: Hashable, Sendable {
    /// The kind of a version.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A tag, annotated or not; it should never move to another commit.
        case tag
        /// A branch; it moves to another commit with each push.
        case branch
        /// A full commit id.
        case commit
    }

    /// The kind of the version.
    package let kind: Kind
    /// The commit; for an annotated tag, the tagged commit, not the tag object.
    package let commit: CommitID
    /// Whether the repository also has a branch with the tag's name; the tag takes precedence.
    package let isAlsoBranch: Bool

    /// Creates a revision.
    package init(kind: Kind, commit: CommitID, isAlsoBranch: Bool = false) {
        self.kind = kind
        self.commit = commit
        self.isAlsoBranch = isAlsoBranch
    }
}
