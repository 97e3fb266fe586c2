/// Why a recipe of somebody else's cannot be found, fetched, kept or used.
package struct SharingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is; more may come.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// What was written is no locator, or one that is refused.
        case invalidLocator
        /// A recipe imports what it may not reach, such as a file outside its repository.
        case outside
        /// There is no recipe of that name or file beside the one that imports it, and none that ships.
        case missingModule
        /// A file cannot be read.
        case unreadable
        /// A file or a folder cannot be written.
        case unwritable
        /// A file, or all that a recipe imports, is larger than is read.
        case tooLarge
        /// The lock does not have it.
        case notLocked
        /// The lock has it, and neither the vendor folder nor the cache does.
        case notFetched
        /// Bytes are not those whose hash the lock has.
        case changed
        /// A file of the cache has other bytes than its name says.
        case damagedCache
        /// The lock cannot be read.
        case damagedLock
        /// A newer version of this program wrote the lock.
        case newerLock
        /// There is no `git` to run.
        case gitMissing
        /// A git command took too long, and was ended.
        case timedOut
        /// What was under way was cancelled.
        case cancelled
        /// The host does not answer.
        case unreachable
        /// The host answers, and has no such repository.
        case missingRepository
        /// The host wants credentials, or refuses those that it got.
        case denied
        /// The repository has no such tag, branch or commit.
        case missingRef
        /// The repository has no such file at that commit.
        case missingFile
        /// What is there is a link, a folder or another repository.
        case notRegularFile
        /// Git failed in another way; the message has its words.
        case gitFailed
        /// A tag that is locked names another commit now.
        case movedTag
        /// One recipe is wanted at two commits.
        case twoVersions
        /// A recipe imports itself, perhaps by way of others.
        case cycle
        /// An address did not give the file.
        case downloadFailed
        /// What an address gave has another hash than the locator says.
        case wrongHash
    }

    /// What kind of failure it is.
    package let code: Code
    /// What happened, on what; a sentence in lower case without its full stop, and without credentials.
    package let message: String
    /// What to do about it.
    package let hint: String?

    /// A failure.
    package init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// The message, and the hint behind it.
    package var description: String { hint.map { "\(message) (\($0))" } ?? message }

    /// The same failure, with the recipe whose import led to it.
    func imported(_ text: String, by name: String) -> SharingError {
        SharingError(code, "\(name) imports '\(text)': \(message)", hint: hint)
    }
}
