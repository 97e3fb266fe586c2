internal import CSQLite

/// A connection to a SQLite file, for one thread at a time: `DatabaseQueue` sees to that.
///
/// It keeps compiled statements, so that the text of a statement is compiled once.
package final class DatabaseConnection {
    /// When a transaction takes the lock that writing needs.
    package enum TransactionKind: String, Sendable {
        /// With the first statement that writes.
        case deferred = "DEFERRED"
        /// At its start, so that it cannot fail later because another connection writes.
        case immediate = "IMMEDIATE"
        /// At its start; other connections cannot read either, unless the file has a write-ahead log.
        case exclusive = "EXCLUSIVE"
    }

    /// `nil` once the connection is closed.
    private var connection: OpaquePointer?
    private var statements: [String: OpaquePointer] = [:]

    /// Makes SQLite copy a bound value, since Swift's pointers are valid only during the call.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// Opens a file, or creates it unless `isReadOnly` is true.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - isReadOnly: Whether the file must exist and stays unchanged.
    ///   - busyTimeout: Milliseconds that a statement waits for another connection's lock.
    /// - Throws: `DatabaseError`.
    init(path: String, isReadOnly: Bool, busyTimeout: Int32) throws(DatabaseError) {
        let mode = isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        let code = sqlite3_open_v2(path, &connection, mode | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK else {
            let error = failure(code)
            sqlite3_close_v2(connection)
            connection = nil
            throw error
        }
        sqlite3_extended_result_codes(connection, 1)
        sqlite3_busy_timeout(connection, busyTimeout)
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(connection)
    }

    /// Closes the connection; statements fail from now on.
    func close() throws(DatabaseError) {
        for statement in statements.values { sqlite3_finalize(statement) }
        statements = [:]
        let code = sqlite3_close(connection)
        guard code == SQLITE_OK else { throw failure(code) }
        connection = nil
    }

    /// Executes a statement, and discards its rows.
    package func execute(_ sql: String, _ values: (any DatabaseConvertible)...) throws(DatabaseError) {
        try execute(sql, arguments: values)
    }

    /// Executes a statement with a list of values, and discards its rows.
    package func execute(_ sql: String, arguments: [any DatabaseConvertible]) throws(DatabaseError) {
        _ = try rows(sql, arguments: arguments)
    }

    /// Executes statements without values, separated by semicolons.
    package func execute(script: String) throws(DatabaseError) {
        let code = sqlite3_exec(try opened(), script, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code) }
    }

    /// Returns the first row of a result; `nil` if it is empty.
    package func row(_ sql: String, _ values: (any DatabaseConvertible)...) throws(DatabaseError) -> DatabaseRow? {
        try rows(sql, arguments: values).first
    }

    /// Returns all rows of a result.
    package func rows(_ sql: String, _ values: (any DatabaseConvertible)...) throws(DatabaseError) -> [DatabaseRow] {
        try rows(sql, arguments: values)
    }

    /// Executes a PRAGMA, which reads or changes a setting of the connection or the file.
    ///
    /// - Returns: The first value of its result; `null` if it has none.
    package func pragma(_ name: String) throws(DatabaseError) -> DatabaseValue {
        // Compiled each time: SQLite computes the values of some settings when it compiles the statement.
        let statement = try compiled("PRAGMA \(name)")
        defer { sqlite3_finalize(statement) }
        return try result(of: statement).first?.first ?? .null
    }

    /// Runs `body` in a transaction, which is rolled back if `body` throws.
    package func transaction<Value>(_ kind: TransactionKind, _ body: () throws -> Value) throws -> Value {
        try execute("BEGIN \(kind.rawValue) TRANSACTION")
        do {
            let value = try body()
            try execute("COMMIT TRANSACTION")
            return value
        } catch {
            // After some failures, such as a full disk, SQLite has already rolled back.
            if sqlite3_get_autocommit(connection) == 0 { try? execute("ROLLBACK TRANSACTION") }
            throw error
        }
    }

    private func rows(_ sql: String, arguments: [any DatabaseConvertible]) throws(DatabaseError) -> [DatabaseRow] {
        let statement = if let known = statements[sql] { known } else { try compiled(sql) }
        statements[sql] = statement
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (index, value) in arguments.enumerated() {
            try bind(value.databaseValue, at: Int32(index + 1), in: statement)
        }
        return try result(of: statement)
    }

    private func compiled(_ sql: String) throws(DatabaseError) -> OpaquePointer {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v2(try opened(), sql, -1, &statement, nil)
        guard code == SQLITE_OK, let statement else { throw failure(code) }
        return statement
    }

    private func bind(_ value: DatabaseValue, at index: Int32, in statement: OpaquePointer) throws(DatabaseError) {
        let code =
            switch value {
            case .null: sqlite3_bind_null(statement, index)
            case .integer(let value): sqlite3_bind_int64(statement, index, value)
            case .real(let value): sqlite3_bind_double(statement, index, value)
            case .text(let value):
                sqlite3_bind_text64(
                    statement, index, value, UInt64(value.utf8.count), Self.copied, UInt8(SQLITE_UTF8))
            case .blob(let bytes): sqlite3_bind_blob64(statement, index, bytes, UInt64(bytes.count), Self.copied)
            }
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private func result(of statement: OpaquePointer) throws(DatabaseError) -> [DatabaseRow] {
        var columns: [String] = []
        var rows: [DatabaseRow] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_DONE: return rows
            case SQLITE_ROW:
                let indices = 0..<sqlite3_column_count(statement)
                // Now, not earlier: the first step compiles the statement again if the tables have changed.
                if rows.isEmpty { columns = indices.map { String(cString: sqlite3_column_name(statement, $0)) } }
                rows.append(DatabaseRow(columns: columns, values: indices.map { Self.value(of: statement, at: $0) }))
            case let code: throw failure(code)
            }
        }
    }

    private static func value(of statement: OpaquePointer, at index: Int32) -> DatabaseValue {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, index))
        case SQLITE_FLOAT: .real(sqlite3_column_double(statement, index))
        case SQLITE_TEXT:
            // The text before its length: asking for it can convert the value.
            .text(
                bytes(sqlite3_column_text(statement, index), of: statement, at: index) {
                    String(decoding: $0, as: UTF8.self)
                })
        case SQLITE_BLOB: .blob(bytes(sqlite3_column_blob(statement, index), of: statement, at: index) { Array($0) })
        default: .null
        }
    }

    private static func bytes<Value>(
        _ start: UnsafeRawPointer?, of statement: OpaquePointer, at index: Int32,
        _ body: (UnsafeRawBufferPointer) -> Value
    ) -> Value {
        body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index))))
    }

    private func opened() throws(DatabaseError) -> OpaquePointer {
        guard let connection else { throw DatabaseError(message: "the connection is closed") }
        return connection
    }

    private func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(
            code: code, message: String(cString: connection.map { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)))
    }
}
