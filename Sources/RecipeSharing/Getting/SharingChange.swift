/// What getting a recipe changes in the lock.
package struct SharingChange: Hashable, Sendable {
    /// What happened to it.
    package enum Kind: String, Hashable, Sendable {
        /// No version of it was locked.
        case added
        /// Another version, or another commit of the same version, was locked.
        case updated
        /// It was locked as it is.
        case unchanged
        /// It was locked, and nothing reaches it any more.
        case removed
    }

    /// A version and what it stands for.
    package struct Version: Hashable, Sendable {
        /// The tag, branch or commit; of an address its hash.
        package let ref: String
        /// The commit; `nil` for an address.
        package let commit: CommitID?
    }

    /// A file that is not as it was.
    package struct File: Hashable, Sendable {
        /// Its path in the repository, or its address.
        package let path: String
        /// Whether the earlier version had it.
        package let wasThere: Bool
        /// The bytes of the earlier version; `nil` where it had no such file, and where they can be had no more.
        package let old: [UInt8]?
        /// The bytes now; `nil` where it is not imported any more.
        package let new: [UInt8]?
    }

    /// The recipe.
    package let locator: RecipeLocator
    /// What happened to it.
    package let kind: Kind
    /// What was locked; `nil` where nothing was.
    package let from: Version?
    /// What is locked now; `nil` where it was removed.
    package let to: Version?
    /// The files that are not as they were, by path; those of a recipe that was added are all of them.
    package let files: [File]
    /// What people should know of it: that a branch of the same name was not taken.
    package let note: String?
}
