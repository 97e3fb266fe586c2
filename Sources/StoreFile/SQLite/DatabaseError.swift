internal import CSQLite

/// A failure of SQLite.
///
/// It contains no value that was bound to a statement.
package struct DatabaseError: Error, Hashable, Sendable {
    /// The kinds of failures that callers handle differently.
    package enum Kind: Hashable, Sendable {
        /// Another connection holds a lock, longer than the busy timeout.
        case busy
        /// The pages of the file contradict each other.
        case corrupt
        /// The disk is full.
        case full
        /// The operating system could not read or write the file.
        case inputOutput
        /// The file is not a database.
        case notADatabase
        /// Another failure, which only the message describes.
        case other
    }

    /// The kind of the failure.
    package let kind: Kind
    /// SQLite's message, in English.
    package let message: String

    /// Creates an error that SQLite does not report itself.
    init(message: String) {
        kind = .other
        self.message = message
    }

    /// Creates an error from SQLite's result code, primary or extended.
    init(code: Int32, message: String) {
        // The low byte of an extended code is the primary code.
        kind =
            switch code & 0xFF {
            case SQLITE_BUSY: .busy
            case SQLITE_CORRUPT: .corrupt
            case SQLITE_FULL: .full
            case SQLITE_IOERR: .inputOutput
            case SQLITE_NOTADB: .notADatabase
            default: .other
            }
        self.message = message
    }
}
