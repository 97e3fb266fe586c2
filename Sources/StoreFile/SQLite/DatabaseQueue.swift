internal import Dispatch

/// A SQLite file with one connection, whose uses run one after another.
///
/// Asynchronous uses do not occupy a thread of Swift's pool while SQLite waits for the disk or a lock. A use that has
/// started is finished, also if its task is cancelled.
package final class DatabaseQueue: Sendable {
    private let queue: DispatchQueue
    /// The connection, which is safe without a lock: every use runs on `queue`, one after another.
    private nonisolated(unsafe) let database: DatabaseConnection

    /// Opens a file, or creates it unless `isReadOnly` is true.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - label: The name of the queue, for debuggers.
    ///   - isReadOnly: Whether the file must exist and stays unchanged.
    ///   - busyTimeout: Seconds that a statement waits for another connection's lock.
    /// - Throws: `DatabaseError`.
    package init(
        path: String, label: String = "database", isReadOnly: Bool = false, busyTimeout: Double = 0
    ) throws(DatabaseError) {
        queue = DispatchQueue(label: label)
        database = try DatabaseConnection(path: path, isReadOnly: isReadOnly, busyTimeout: Int32(busyTimeout * 1000))
    }

    /// Reads in one transaction, so that all statements see the same state.
    package func read<Value>(_ body: (DatabaseConnection) throws -> Value) throws -> Value {
        try queue.sync { try database.transaction(.deferred) { try body(database) } }
    }

    /// Reads in one transaction, so that all statements see the same state.
    package func read<Value: Sendable>(_ body: @escaping @Sendable (DatabaseConnection) throws -> Value) async throws
        -> Value
    {
        try await perform { database in try database.transaction(.deferred) { try body(database) } }
    }

    /// Writes in one transaction: all of it or, if `body` throws, nothing.
    package func write<Value>(_ body: (DatabaseConnection) throws -> Value) throws -> Value {
        try queue.sync { try database.transaction(.immediate) { try body(database) } }
    }

    /// Writes in one transaction: all of it or, if `body` throws, nothing.
    package func write<Value: Sendable>(_ body: @escaping @Sendable (DatabaseConnection) throws -> Value) async throws
        -> Value
    {
        try await perform { database in try database.transaction(.immediate) { try body(database) } }
    }

    /// Uses the connection without a transaction, for settings and for transactions of the caller's own.
    package func withoutTransaction<Value>(_ body: (DatabaseConnection) throws -> Value) throws -> Value {
        try queue.sync { try body(database) }
    }

    /// Closes the file; later uses throw.
    ///
    /// - Throws: `DatabaseError`.
    package func close() throws {
        try queue.sync { try database.close() }
    }

    private func perform<Value: Sendable>(
        _ body: @escaping @Sendable (DatabaseConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body(self.database) }) }
        }
    }
}
