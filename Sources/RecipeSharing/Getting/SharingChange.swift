/// A change that fetching a recipe makes to the lock.
package struct SharingChange: Hashable, Sendable {
    /// The kind of a change.
    package enum Kind: String, Hashable, Sendable {
        /// No version of the recipe was locked before.
        case added
        /// Another version, or another commit of the same version, was locked before.
        case updated
        /// The lock already had exactly this.
        case unchanged
        /// The recipe was locked, but no import leads to it now.
        case removed
    }

    /// A version and the commit that it resolved to.
    package struct Version: Hashable, Sendable {
        /// The tag, branch or commit; for an address, its hash.
        package let ref: String
        /// The commit; `nil` for an address.
        package let commit: CommitID?
    }

    /// A file that differs from its earlier version.
    package struct File: Hashable, Sendable {
        /// The path in the repository, or the address.
        package let path: String
        /// Whether the earlier version had the file.
        package let wasThere: Bool
        /// The earlier bytes; `nil` if there were none or they can no longer be fetched.
        package let old: [UInt8]?
        /// The new bytes; `nil` if the file is no longer imported.
        package let new: [UInt8]?
    }

    /// The recipe that the change concerns.
    package let locator: RecipeLocator
    /// The kind of the change.
    package let kind: Kind
    /// The earlier version; `nil` if none was locked.
    package let from: Version?
    /// The new version; `nil` if the recipe was removed.
    package let to: Version?
    /// The files that differ, by path; for an added recipe, all its files.
    package let files: [File]
    /// A note for the user, for example that a branch with the tag's name was ignored.
    package let note: String?
}
