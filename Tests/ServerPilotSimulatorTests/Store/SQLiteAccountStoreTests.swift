import FoundationEssentials
import Groundwork
import ServerPilot
import SprunTesting
import Subprocess
import Testing

@testable import ServerPilotSimulator

@Suite("The store in SQLite", .timeLimit(.minutes(5)))
struct SQLiteAccountStoreTests {
    private static let credentials = AccountCredentials(clientID: "cid_test", apiKey: Secret("test-api-key"))

    @Test("a new store is empty, and keeps its content after it was closed")
    func newStore() async throws {
        let file = try StoreFile()
        let account = StoredAccount(
            state: RandomHistory(seed: TestRandom.seed(), calls: 300).state, credentials: Self.credentials)
        let store = try SQLiteAccountStore(path: file.path)
        #expect(try await store.load() == nil)
        try await store.create(account)
        try await store.close()
        #expect(try await SQLiteAccountStore(path: file.path).load() == account)
    }

    @Test("after every call, the recorded changes restore the account: records, order, time, random numbers")
    func changes() async throws {
        let seed = TestRandom.seed()
        let file = try StoreFile()
        let store = try SQLiteAccountStore(path: file.path)
        try await store.create(
            StoredAccount(
                state: SimulatorState(account: Account(), now: Stage.beginning, random: SeededRandom(seed: seed)),
                credentials: Self.credentials))
        let clock = VirtualClock(now: Stage.beginning)
        let simulator = SimulatedServerPilot(
            account: Account(), random: SeededRandom(seed: seed), time: clock, credentials: Self.credentials,
            store: store)
        var calls = RandomCalls(seed: seed)
        var done = 0
        for number in 0..<400 {
            let (operation, arguments) = calls.next(on: simulator.account)
            if number.isMultiple(of: 9) {
                simulator.change { account, now in
                    guard let server = account.servers.keys.first else { return }
                    account.connect(server, address: "192.0.2.1", at: now)
                }
            }
            let reply = try? await simulator.transport.call(operation, arguments)
            guard reply != nil, operation.changesAccount else { continue }
            done += 1
            if done.isMultiple(of: 10) {
                let stored = try #require(try await store.load())
                #expect(stored.state == simulator.state, "seed \(seed), call \(number)")
                #expect(
                    Array(stored.state.account.apps.keys) == Array(simulator.account.apps.keys), "seed \(seed)")
                try await clock.sleep(for: .seconds(5))
            }
        }
        #expect(done > 50, "seed \(seed)")
    }

    @Test("a commit waits for the disk, and the write-ahead log is on")
    func synchronous() async throws {
        let file = try StoreFile()
        let store = try SQLiteAccountStore(path: file.path)
        #expect(try await store.pragma("synchronous") == "2")
        #expect(try await store.pragma("journal_mode") == "wal")
    }

    @Test("only its owner can read the store and the files beside it")
    func permissions() async throws {
        let file = try StoreFile()
        let store = try SQLiteAccountStore(path: file.path)
        #expect(try file.mode() == 0o600)
        #expect(try file.mode("-wal") == 0o600)
        #expect(try file.mode("-shm") == 0o600)
        try await store.close()
    }

    @Test("another program can read it while it is in use")
    func readByOthers() async throws {
        let file = try StoreFile()
        let store = try SQLiteAccountStore(path: file.path)
        var random = SeededRandom(seed: 1)
        let account = Account.demo(at: Stage.beginning, random: &random)
        try await store.create(
            StoredAccount(
                state: SimulatorState(account: account, now: Stage.beginning, random: random),
                credentials: Self.credentials))
        let names = try await file.python("SELECT json_extract(document, '$.name') FROM servers ORDER BY position")
        #expect(names == "www1\nwww4\n")
    }

    @Test("a file of another program is rejected and not changed, byte for byte")
    func foreign() async throws {
        let file = try StoreFile()
        try await file.python("CREATE TABLE servers (mine TEXT)")
        let before = try file.bytes()
        let error = #expect(throws: AccountStoreError.self) { try SQLiteAccountStore(path: file.path) }
        #expect(error?.code == .foreign)
        #expect(try file.bytes() == before)
    }

    @Test("a file that is not a database is rejected and not changed")
    func noDatabase() throws {
        let file = try StoreFile()
        let text = Data(String(repeating: "return recipe {} -- not a database\n", count: 200).utf8)
        try file.write(text)
        let error = #expect(throws: AccountStoreError.self) { try SQLiteAccountStore(path: file.path) }
        #expect(error?.code == .foreign)
        #expect(try file.bytes() == text)
    }

    @Test("an impossible path is an error that names it", arguments: ["/nowhere/at/all.db", "/"])
    func path(_ path: String) {
        let error = #expect(throws: AccountStoreError.self) { try SQLiteAccountStore(path: path) }
        #expect(error?.code == .unusable)
        #expect(error?.message.contains("'\(path)'") == true)
    }

    @Test(
        "a store of a newer version is rejected and not changed",
        arguments: [
            "UPDATE meta SET value = '2' WHERE name = 'format_version'",
            "INSERT INTO grdb_migrations VALUES ('2 something new')",
        ])
    func newer(_ sql: String) async throws {
        let file = try await Self.stored()
        try await file.python(sql)
        let before = try file.bytes()
        let error = #expect(throws: AccountStoreError.self) { try SQLiteAccountStore(path: file.path) }
        #expect(error?.code == .newerFormat)
        #expect(try file.bytes() == before)
    }

    @Test(
        "rows that are not an account are rejected",
        arguments: [
            "DELETE FROM servers", "UPDATE apps SET document = '{}'", "UPDATE apps SET document = 'x'",
            "UPDATE meta SET value = 'null' WHERE name = 'random'", "DELETE FROM meta WHERE name = 'now'",
            "UPDATE meta SET value = '{}' WHERE name = 'credentials'",
        ])
    func rows(_ sql: String) async throws {
        let file = try await Self.stored()
        try await file.python(sql)
        let store = try SQLiteAccountStore(path: file.path)
        let error = await #expect(throws: AccountStoreError.self) { try await store.load() }
        #expect(error?.code == .damaged)
    }

    @Test("overwritten or missing pages are rejected", arguments: [true, false])
    func pages(_ isCut: Bool) async throws {
        let file = try await Self.stored()
        var bytes = try file.bytes()
        if isCut {
            bytes = bytes.prefix(bytes.count / 2)
        } else {
            for index in stride(from: 4096, to: bytes.count, by: 7) { bytes[index] = 0xA5 }
        }
        try file.write(bytes)
        let error = await #expect(throws: AccountStoreError.self) {
            try await SQLiteAccountStore(path: file.path).load()
        }
        #expect(error?.code == .damaged, "\(error?.message ?? "")")
    }

    /// A file with the account to try things on.
    private static func stored() async throws -> StoreFile {
        let file = try StoreFile()
        let store = try SQLiteAccountStore(path: file.path)
        var random = SeededRandom(seed: 1)
        let account = Account.demo(at: Stage.beginning, random: &random)
        try await store.create(
            StoredAccount(
                state: SimulatorState(account: account, now: Stage.beginning, random: random),
                credentials: credentials))
        try await store.close()
        return file
    }
}
