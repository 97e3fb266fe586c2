import DurableSteps
import FoundationEssentials
import Groundwork
import OrderedCollections
import RecipeEngine
import RunJournal
import Testing

@Suite("A damaged file of runs", .timeLimit(.minutes(5)))
struct SQLiteRunStoreDamageTests {
    private static let run = RunID(rawValue: "aaaaaa")

    @Test(
        "entries that were changed, swapped, moved or removed are rejected",
        arguments: [
            "UPDATE entries SET body = flip(body) WHERE position = 2",
            "UPDATE entries SET body = substr(body, 1, length(body) - 1) WHERE position = 2",
            "UPDATE entries SET body = zeroblob(length(body)) WHERE position = 2",
            "UPDATE entries SET body = x'' WHERE position = 2",
            """
            UPDATE entries SET body = (
                SELECT body FROM entries AS other WHERE other.run = entries.run AND other.position = 1
            ) WHERE position = 2
            """,
            """
            UPDATE entries SET body = (
                SELECT body FROM entries AS other WHERE other.run = 'bbbbbb' AND other.position = entries.position
            ) WHERE run = 'aaaaaa'
            """,
            "UPDATE entries SET kind = 'observed' WHERE position = 1",
            "UPDATE entries SET kind = 'nonsense' WHERE position = 1",
            "UPDATE entries SET step = '/:1.2' WHERE position = 1", "UPDATE entries SET step = NULL WHERE position = 1",
            "UPDATE entries SET step = 'nonsense' WHERE position = 1",
            "UPDATE entries SET operation = 'delete_app' WHERE position = 1",
            "UPDATE entries SET digest = 'ffff' WHERE position = 1",
            "UPDATE entries SET site = 'site.lua:13' WHERE position = 1",
            "UPDATE entries SET time = time + 1 WHERE position = 1",
            "DELETE FROM entries WHERE position = 1", "DELETE FROM entries WHERE position = 2",
            "DELETE FROM entries WHERE position = 3", "UPDATE entries SET position = 4 WHERE position = 3",
            "UPDATE runs SET position = 2",
        ])
    func entries(_ sql: String) async throws {
        let file = try await Self.stored()
        try await file.python(sql)
        let store = try file.open()
        let error = await expect(.damaged) { _ = try await store.entries(of: Self.run) }
        #expect(error?.message.contains("'aaaaaa'") == true)
        try await store.close()
    }

    @Test(
        "changed runs are rejected",
        arguments: [
            "UPDATE runs SET parameters = flip(parameters)", "UPDATE runs SET parameters = x''",
            "UPDATE runs SET recipe = 'other.lua'", "UPDATE runs SET recipe_digest = 'ffff'",
            "UPDATE runs SET account = 'other'", "UPDATE runs SET account_name = 'other'",
            "UPDATE runs SET seed = '1'", "UPDATE runs SET seed = 'x'", "UPDATE runs SET lua = '5.5'",
            "UPDATE runs SET program = '2'", "UPDATE runs SET started = started + 1",
            "UPDATE runs SET status = 'nonsense'",
            "UPDATE runs SET parameters = (SELECT parameters FROM runs WHERE id = 'bbbbbb') WHERE id = 'aaaaaa'",
        ])
    func runs(_ sql: String) async throws {
        let file = try await Self.stored()
        try await file.python(sql)
        let store = try file.open()
        await expect(.damaged) { _ = try await store.runs() }
        try await store.close()
    }

    @Test("overwritten or missing pages are rejected", arguments: [nil, 20, 100, 4096, 20_480])
    func pages(_ length: Int?) async throws {
        let file = try await Self.stored()
        var bytes = try file.bytes()
        #expect(bytes.count > 20_480)
        if let length {
            bytes = bytes.prefix(length)
        } else {
            for index in stride(from: 4096, to: bytes.count, by: 7) { bytes[index] = 0xA5 }
        }
        try file.write(bytes)
        await expect(.damaged) { _ = try file.open() }
        #expect(try file.bytes() == bytes)
    }

    @Test(
        "a file of a newer version is rejected and not changed, byte for byte",
        arguments: [
            "UPDATE meta SET value = '2' WHERE name = 'format_version'",
            "INSERT INTO grdb_migrations VALUES ('2 something new')",
        ])
    func newer(_ sql: String) async throws {
        let file = try await Self.stored()
        try await file.python(sql)
        let before = try file.bytes()
        await expect(.newerFormat) { _ = try file.open() }
        #expect(try file.bytes() == before)
        #expect(try file.names() == ["journal.db", "journal.key"])
    }

    @Test("a file of another program is rejected and not changed, byte for byte")
    func foreign() async throws {
        let file = try JournalFile()
        try await file.python("CREATE TABLE runs (mine TEXT)")
        let before = try file.bytes()
        let error = await expect(.damaged) { _ = try file.open() }
        #expect(error?.message.contains("another program") == true)
        #expect(try file.bytes() == before)
        #expect(try file.names() == ["journal.db"])
    }

    @Test("a file that is not a database is rejected and not changed")
    func noDatabase() async throws {
        let file = try JournalFile()
        let text = Data(String(repeating: "return recipe {} -- not a database\n", count: 200).utf8)
        try file.write(text)
        await expect(.damaged) { _ = try file.open() }
        #expect(try file.bytes() == text)
        #expect(try file.names() == ["journal.db"])
    }

    /// A file with two runs of three entries each to try things on.
    private static func stored() async throws -> JournalFile {
        let file = try JournalFile()
        let store = try file.open()
        let epoch = try await store.takeOver("account")
        for id in ["aaaaaa", "bbbbbb"] {
            try await store.begin(.sample(id, parameters: ["run": id]), epoch: epoch)
            let entries: [JournalEntry] = [
                .sample(.intent, after: 1, value: .string(id)),
                .sample(.outcome, after: 2, value: ["id": .string(id)]),
                .sample(.ended, after: 3),
            ]
            try await store.append(entries, to: RunID(rawValue: id), epoch: epoch)
        }
        try await store.close()
        return file
    }
}
