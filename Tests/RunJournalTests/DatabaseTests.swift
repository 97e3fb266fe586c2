import Foundation
import StoreFile
import Testing

/// Statements, values and transactions on a SQLite file.
@Suite("A SQLite file")
struct DatabaseTests {
    /// Thrown by the body of a transaction.
    private struct Stop: Error {}

    private let queue: DatabaseQueue
    private let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).db").path

    init() throws {
        queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute("CREATE TABLE items (name TEXT PRIMARY KEY, value ANY) STRICT") }
    }

    private func names() throws -> [String] {
        try queue.read { try $0.rows("SELECT name FROM items ORDER BY name").map { try $0.value("name") } }
    }

    @Test(
        "returns each value as it was stored",
        arguments: [
            .null, .integer(.max), .integer(.min), .real(0.1), .text(""), .text("naïve 🐘"), .text("a\0b"), .blob([]),
            .blob([0, 255, 0]),
        ] as [DatabaseValue])
    func values(_ value: DatabaseValue) throws {
        try queue.write { try $0.execute("INSERT INTO items VALUES ('a', ?)", StoredValue(value)) }
        let row = try #require(try queue.read { try $0.row("SELECT value, typeof(value) AS type FROM items") })
        #expect(try row.value("value", as: StoredValue.self).databaseValue == value)
    }

    @Test("a missing column and a wrong type are errors that name the column")
    func decoding() throws {
        let row = try #require(try queue.read { try $0.row("SELECT 'x' AS word, NULL AS empty") })
        #expect(throws: DatabaseRow.DecodingError(column: "other")) { try row.value("other", as: String.self) }
        #expect(throws: DatabaseRow.DecodingError(column: "word")) { try row.value("word", as: Int64.self) }
        #expect(throws: DatabaseRow.DecodingError(column: "empty")) { try row.value("empty", as: String.self) }
        #expect(try row.value("empty", as: String?.self) == nil)
    }

    @Test("a transaction whose body throws writes nothing, and the next transaction works")
    func rollback() throws {
        #expect(throws: Stop.self) {
            try queue.write { database in
                try database.execute("INSERT INTO items (name) VALUES ('a')")
                throw Stop()
            }
        }
        #expect(try names() == [])
        try queue.write { try $0.execute("INSERT INTO items (name) VALUES ('b')") }
        #expect(try names() == ["b"])
    }

    @Test("a failed statement is an error without its values, and can be used again")
    func failure() throws {
        let insert = "INSERT INTO items (name) VALUES (?)"
        try queue.write { try $0.execute(insert, "secret") }
        let error = #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(insert, "secret") } }
        #expect(error?.kind == .other)
        #expect(error?.message == "UNIQUE constraint failed: items.name")
        try queue.write { try $0.execute(insert, "b") }
        #expect(try names() == ["b", "secret"])
    }

    @Test("a cached statement sees columns that another connection added")
    func newColumns() throws {
        try queue.write { try $0.execute("INSERT INTO items VALUES ('a', 1)") }
        let read = { try queue.read { try $0.rows("SELECT * FROM items") } }
        _ = try read()
        let other = try DatabaseQueue(path: path)
        try other.write { try $0.execute("ALTER TABLE items ADD COLUMN later TEXT NOT NULL DEFAULT 'x'") }
        #expect(try read().map { try $0.value("later", as: String.self) } == ["x"])
    }

    @Test("a lock of another connection is the error busy, after the timeout")
    func busy() throws {
        let other = try DatabaseQueue(path: path, busyTimeout: 0.2)
        try queue.write { _ in
            let began = ContinuousClock.now
            let error = #expect(throws: DatabaseError.self) {
                try other.write { try $0.execute("DELETE FROM items") }
            }
            #expect(error?.kind == .busy)
            #expect(ContinuousClock.now - began >= .milliseconds(200))
        }
    }

    @Test("started work is finished, also if its task is cancelled")
    func cancelled() async throws {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await queue.write { try $0.execute("INSERT INTO items (name) VALUES ('a')") }
        }
        try await task.value
        #expect(try names() == ["a"])
    }

    @Test("a file that is not a database, and a closed connection, are errors")
    func unusable() throws {
        try queue.close()
        #expect(throws: DatabaseError.self) { try names() }
        try Data("this is a text, and not the header of a database".utf8).write(to: URL(filePath: path))
        let other = try DatabaseQueue(path: path)
        let error = #expect(throws: DatabaseError.self) { try other.read { try $0.rows("SELECT * FROM items") } }
        #expect(error?.kind == .notADatabase)
        #expect(throws: DatabaseError.self) { try DatabaseQueue(path: "/nonexistent/file.db") }
    }
}

/// Any value of a database, stored as it is.
private struct StoredValue: DatabaseConvertible {
    let databaseValue: DatabaseValue

    init(_ value: DatabaseValue) { databaseValue = value }
    init?(databaseValue: DatabaseValue) { self.databaseValue = databaseValue }
}
