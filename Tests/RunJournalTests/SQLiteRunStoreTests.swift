import DurableSteps
import FoundationEssentials
import Groundwork
import OrderedCollections
import RecipeEngine
import RunJournal
import SprunTesting
import Testing

@Suite("The store of runs in SQLite", .timeLimit(.minutes(5)))
struct SQLiteRunStoreTests {
    private static let run = RunID(rawValue: "aaaaaa")

    @Test("keeps everything after it was closed and opened again")
    func reopened() async throws {
        let seed = TestRandom.seed()
        let file = try JournalFile()
        var random = RandomEntries(seed: seed)
        let entries = (0..<300).map { _ in random.next() }
        let header = RunHeader.sample(parameters: ["name": "value"])
        let store = try file.open()
        let epoch = try await store.takeOver("account")
        try await store.begin(header, epoch: epoch)
        try await store.append(entries, to: Self.run, epoch: epoch)
        let runs = try await store.runs()
        let digest = store.digest([1, 2, 3])
        try await store.close()

        let again = try file.open()
        #expect(try await again.entries(of: Self.run) == entries, "seed \(seed)")
        #expect(try await again.runs() == runs, "seed \(seed)")
        #expect(runs.map(\.header) == [header])
        #expect(again.digest([1, 2, 3]) == digest)
        #expect(try await again.takeOver("account") == epoch + 1)
        try await again.close()
    }

    @Test("an undone run counts as done for other readers of the table, and as undone for sprun")
    func undone() async throws {
        let file = try JournalFile()
        let store = try file.open()
        let epoch = try await store.takeOver("account")
        try await store.begin(.sample(), epoch: epoch)
        try await store.append([.sample(.stopped), .undone(at: beginning)], to: Self.run, epoch: epoch)
        #expect(try await file.python("SELECT status FROM runs") == "done\n")
        #expect(try await store.runs().map(\.status) == [.undone])
        // A journal of an earlier version has `undone` in the table.
        try await file.python("UPDATE runs SET status = 'undone'")
        #expect(try await store.runs().map(\.status) == [.undone])
        try await store.close()
    }

    @Test("a commit waits for the disk, and the write-ahead log is on, in new and old files")
    func synchronous() async throws {
        let file = try JournalFile()
        for _ in 0..<2 {
            let store = try file.open()
            #expect(try await store.pragma("synchronous") == "2")
            #expect(try await store.pragma("journal_mode") == "wal")
            try await store.close()
        }
        #expect(try await file.python("PRAGMA application_id") == "1936749162\n")
    }

    @Test("only its owner can read the store, its key and the files beside them")
    func permissions() async throws {
        let file = try JournalFile()
        let store = try file.open()
        _ = try await store.takeOver("account")
        for name in ["journal.db", "journal.db-wal", "journal.db-shm", "journal.key"] {
            #expect(try file.mode(name) == 0o600, "\(name)")
        }
        #expect(try file.names() == ["journal.db", "journal.db-shm", "journal.db-wal", "journal.key"])
        try await store.close()
        #expect(try file.names() == ["journal.db", "journal.key"])
    }

    @Test("of two processes with the same file, only the latest owner of the account can write")
    func fencing() async throws {
        let file = try JournalFile()
        let (first, second) = (try file.open(), try file.open())
        let old = try await first.takeOver("account")
        try await first.begin(.sample(), epoch: old)
        try await first.append([.sample(.intent)], to: Self.run, epoch: old)
        let new = try await second.takeOver("account")
        let error = await expect(.fenced) { try await first.append([.sample(.intent)], to: Self.run, epoch: old) }
        #expect(error?.message.contains("api.example cid_test") == true)
        await expect(.fenced) { try await first.begin(.sample("bbbbbb"), epoch: old) }
        try await second.append([.sample(.outcome)], to: Self.run, epoch: new)
        #expect(try await first.entries(of: Self.run).map(\.kind) == [.intent, .outcome])
        try await first.close()
        try await second.close()
    }

    @Test("processes that take over an account concurrently never get the same epoch")
    func contended() async throws {
        let file = try JournalFile()
        let stores = [try file.open(), try file.open()]
        let epochs = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 0..<40 {
                let store = stores[number % 2]
                group.addTask { try await store.takeOver("account") }
            }
            return try await group.reduce(into: [Int64]()) { $0.append($1) }
        }
        #expect(epochs.sorted() == Array(1...40))
        for store in stores { try await store.close() }
    }

    @Test("reads 10,000 entries within a second in a release build")
    func speed() async throws {
        let file = try JournalFile()
        let store = try file.open()
        let epoch = try await store.takeOver("account")
        try await store.begin(.sample(), epoch: epoch)
        let data: JSONValue = ["id": "0123456789abcdef", "name": "gallery", "runtime": "php8.4"]
        for _ in 0..<20 {
            let entries = Array(repeating: JournalEntry.sample(.outcome, value: data), count: 500)
            try await store.append(entries, to: Self.run, epoch: epoch)
        }
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try await store.entries(of: Self.run).count == 10_000)
        // Without optimization it takes a multiple, beside other tests still more.
        #expect(clock.now - start < .seconds(20))
        #expect(try await store.runs().first?.changes == 10_000)
        try await store.close()
    }

    @Test("a full disk is an error and nothing is written; writing works again once there is room")
    func full() async throws {
        let file = try JournalFile()
        let store = try file.open()
        let epoch = try await store.takeOver("account")
        try await store.begin(.sample(), epoch: epoch)
        _ = try await store.pragma("max_page_count = 1")
        let large = JournalEntry.sample(value: .string(String(repeating: "x", count: 1 << 20)))
        let error = await expect(.unwritten) {
            try await store.append([.sample(), large], to: Self.run, epoch: epoch)
        }
        #expect(error?.message.contains("full") == true, "\(error?.message ?? "")")
        #expect(try await store.entries(of: Self.run) == [])
        _ = try await store.pragma("max_page_count = 1000000")
        try await store.append([large], to: Self.run, epoch: epoch)
        #expect(try await store.entries(of: Self.run) == [large])
        try await store.close()
    }

    @Test("an entry that could not be read again is rejected with its whole commit")
    func unreadable() async throws {
        let file = try JournalFile()
        let store = try file.open()
        let epoch = try await store.takeOver("account")
        try await store.begin(.sample(), epoch: epoch)
        let deep = (0..<100).reduce(JSONValue.null) { value, _ in .array([value]) }
        for entry in [
            JournalEntry.sample(value: deep), .sample(value: .double(.infinity)),
            .sample(operation: "cut\0off"),
        ] {
            await expect(.unwritten) { try await store.append([.sample(), entry], to: Self.run, epoch: epoch) }
            // A run that was begun without all of its first entries would go on without its plan.
            await expect(.unwritten) {
                try await store.begin(.sample("bbbbbb"), with: [.sample(), entry], epoch: epoch)
            }
            #expect(try await store.runs().map(\.header.id) == [Self.run])
        }
        await expect(.unwritten) { _ = try await store.takeOver("cut\0off") }
        #expect(try await store.entries(of: Self.run) == [])
        try await store.close()
    }

    @Test("an impossible path is an error that names it", arguments: ["/nowhere/at/all.db", "/"])
    func path(_ path: String) async throws {
        let file = try JournalFile()
        let error = await expect(.unusable) { _ = try SQLiteRunStore(path: path, keyPath: file.keyPath) }
        #expect(error?.message.contains("'\(path)'") == true)
        #expect(try file.names() == [])
    }

    @Test("a folder without write permission is an error")
    func folder() async throws {
        let file = try JournalFile()
        try file.write(Data("text".utf8), "file")
        await expect(.unusable) {
            _ = try SQLiteRunStore(path: file.folder + "/file/journal.db", keyPath: file.keyPath)
        }
        await expect(.unusable) {
            _ = try SQLiteRunStore(path: file.path, keyPath: file.folder + "/file/journal.key")
        }
        // What was begun there is no obstacle later.
        try await file.open().close()
    }
}
