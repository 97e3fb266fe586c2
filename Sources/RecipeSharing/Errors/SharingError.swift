/// A failure to find, fetch, store or use another person's recipe.
package struct SharingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of a failure; later versions can add more.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// The text is not a locator, or a locator that is not allowed.
        case invalidLocator
        /// A recipe imports a file that it must not reach, such as a file outside its repository.
        case outside
        /// No file beside the importer and no shipped recipe has this name.
        case missingModule
        /// A file cannot be read.
        case unreadable
        /// A file or a folder cannot be written.
        case unwritable
        /// A file, or the total of a recipe's imports, exceeds a limit.
        case tooLarge
        /// The lock does not contain the recipe.
        case notLocked
        /// The lock contains the file, but neither the vendor folder nor the cache has it.
        case notFetched
        /// The bytes do not have the hash in the lock.
        case changed
        /// A file in the cache does not have the hash in its name.
        case damagedCache
        /// The lock file cannot be parsed.
        case damagedLock
        /// A newer version of this program wrote the lock file.
        case newerLock
        /// The `git` program is missing.
        case gitMissing
        /// A git command exceeded its time limit and was killed.
        case timedOut
        /// The current operation was cancelled.
        case cancelled
        /// The host does not answer.
        case unreachable
        /// The host answers, but has no such repository.
        case missingRepository
        /// The host requires credentials or rejects the credentials it got.
        case denied
        /// The repository has no such tag, branch or commit.
        case missingRef
        /// The commit has no such file.
        case missingFile
        /// The path is a link, a folder or a submodule.
        case notRegularFile
        /// Git failed for another reason; the message quotes git.
        case gitFailed
        /// A locked tag now points to another commit.
        case movedTag
        /// Two commits of the same recipe are required.
        case twoVersions
        /// A recipe imports itself, directly or through other recipes.
        case cycle
        /// The download from an address failed.
        case downloadFailed
        /// The downloaded file does not have the hash in the locator.
        case wrongHash
    }

    /// The kind of the failure.
    package let code: Code
    /// The message: a sentence that begins in lower case, without a full stop and without credentials.
    package let message: String
    /// A suggestion for the user; `nil` if there is none.
    package let hint: String?

    /// Creates a failure.
    package init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// The message, followed by the hint in parentheses.
    package var description: String { hint.map { "\(message) (\($0))" } ?? message }

    /// Returns the same failure with the import that led to it.
    func imported(_ text: String, by name: String) -> SharingError {
        SharingError(code, "\(name) imports '\(text)': \(message)", hint: hint)
    }
}
