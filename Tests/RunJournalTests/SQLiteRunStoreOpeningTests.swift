import DurableSteps
import Foundation
import RecipeEngine
import RunJournal
import StoreFile
import Testing

/// Opening a store beside others, and after a process that died while it made one.
@Suite("Opening a store of runs")
struct SQLiteRunStoreOpeningTests {
    @Test("works if a process was killed before the first migration")
    func halfMade() async throws {
        let file = try JournalFile()
        let queue = try DatabaseQueue(path: file.path)
        try await queue.write { database in
            try database.execute("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        }
        try queue.close()
        let store = try file.open()
        #expect(try await store.takeOver("a") == 1)
    }

    @Test("gives eight concurrent processes the same new store")
    func together() async throws {
        for _ in 0..<5 {
            let file = try JournalFile()
            let epochs = try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 0..<8 { group.addTask { try await file.open().takeOver("a") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(epochs.sorted() == Array(1...8))
        }
    }

    @Test("does not wait for another process that is writing")
    func whileWriting() async throws {
        let file = try JournalFile()
        let owner = try file.open()
        _ = try await owner.takeOver("a")
        let other = try DatabaseQueue(path: file.path)
        try await other.write { _ in
            let began = ContinuousClock.now
            let store = try file.open()
            withExtendedLifetime(store) {}
            #expect(ContinuousClock.now - began < .seconds(4))
        }
        try await owner.close()
    }

    @Test(
        "reports a store that a suspended process keeps locked",
        .timeLimit(.minutes(2)))
    func held() async throws {
        let file = try JournalFile()
        let owner = try file.open()
        _ = try await owner.takeOver("a")
        try await owner.close()
        let holder = try DatabaseQueue(path: file.path)
        try holder.withoutTransaction { database in
            _ = try database.pragma("locking_mode = EXCLUSIVE")
            try database.transaction(.exclusive) {
                let error = #expect(throws: JournalError.self) { try file.open() }
                #expect(error?.code == .busy)
            }
        }
    }
}
