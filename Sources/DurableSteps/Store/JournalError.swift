/// A failure of a store of runs.
///
/// ```swift
/// func isKnown(_ id: RunID, in store: any RunStore) async throws(JournalError) -> Bool {
///     do throws(JournalError) {
///         _ = try await store.entries(of: id)
///         return true
///     } catch {
///         if error.code == .unknownRun { return false }
///         throw error
///     }
/// }
/// ```
public struct JournalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure; later versions may add more.
    public enum Code: String, Hashable, Sendable {
        /// Another owner has taken the account over.
        case fenced
        /// Another process has been writing to the store for longer than the time limit.
        case busy
        /// The write failed: the disk is full, or the folder is read-only.
        case unwritten
        /// No run has that id.
        case unknownRun
        /// The store cannot be read: it is damaged, truncated, or belongs to another program.
        case damaged
        /// A newer version of the program wrote the store.
        case newerFormat
        /// The key file is missing or belongs to another store.
        case keyMissing
        /// The store cannot be opened.
        case unusable
    }

    /// The kind of failure.
    public let code: Code
    /// A description of the failure and its subject, without secrets.
    public let message: String

    /// Creates a failure.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
