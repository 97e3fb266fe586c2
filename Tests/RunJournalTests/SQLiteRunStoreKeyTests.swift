import DurableSteps
import FoundationEssentials
import Groundwork
import OrderedCollections
import RecipeEngine
import RunJournal
import ServerPilot
import Testing

@Suite("The key of a store of runs", .timeLimit(.minutes(5)))
struct SQLiteRunStoreKeyTests {
    private static let run = RunID(rawValue: "aaaaaa")

    @Test("is created with the store, differs between stores, and stays the same")
    func made() async throws {
        let (file, other) = (try JournalFile(), try JournalFile())
        for file in [file, other] { try await file.open().close() }
        let key = try file.bytes("journal.key")
        let text = String(decoding: key, as: UTF8.self)
        #expect(text.count == 65 && text.last == "\n")
        #expect(text.dropLast().allSatisfy { $0.isHexDigit })
        #expect(try other.bytes("journal.key") != key)
        try await file.open().close()
        #expect(try file.bytes("journal.key") == key)
    }

    @Test("is used by a new store if the file exists already")
    func adopted() async throws {
        let (file, other) = (try JournalFile(), try JournalFile())
        let store = try file.open()
        try other.write(try file.bytes("journal.key"), "journal.key")
        try other.setMode(0o600, "journal.key")
        let second = try other.open()
        #expect(second.digest([1]) == store.digest([1]))
        #expect(try other.bytes("journal.key") == file.bytes("journal.key"))
        try await store.close()
        try await second.close()
    }

    @Test("is reported if it is missing, and nothing is created or changed")
    func missing() async throws {
        let file = try await Self.stored()
        let key = try file.bytes("journal.key")
        try FileManager.default.removeItem(atPath: file.keyPath)
        let before = try file.bytes()
        let error = await expect(.keyMissing) { _ = try file.open() }
        #expect(error?.message.contains("'\(file.keyPath)'") == true)
        #expect(try file.bytes() == before)
        #expect(try file.names() == ["journal.db"])
        try file.write(key, "journal.key")
        try file.setMode(0o600, "journal.key")
        let store = try file.open()
        #expect(try await store.entries(of: Self.run).count == 1)
        try await store.close()
    }

    @Test(
        "is rejected if it is another key or no key, and nothing is changed",
        arguments: [String(repeating: "0", count: 64) + "\n", "", "no key\n", String(repeating: "x", count: 64)])
    func other(_ text: String) async throws {
        let file = try await Self.stored()
        try file.write(Data(text.utf8), "journal.key")
        try file.setMode(0o600, "journal.key")
        let before = try file.bytes()
        await expect(.keyMissing) { _ = try file.open() }
        #expect(try file.bytes() == before)
        #expect(try file.bytes("journal.key") == Data(text.utf8))
        #expect(try file.names() == ["journal.db", "journal.key"])
    }

    @Test("is rejected if other users can read it, with a chmod command", arguments: [0o640, 0o604, 0o660])
    func open(_ mode: Int) async throws {
        let file = try await Self.stored()
        try file.setMode(mode, "journal.key")
        let error = await expect(.unusable) { _ = try file.open() }
        #expect(error?.message.contains("\nchmod 600 '\(file.keyPath)'") == true)
        try file.setMode(0o600, "journal.key")
        try await file.open().close()
    }

    @Test("hides parameters and bodies from anyone who has only the database")
    func canaries() async throws {
        let canary = "canary-5f1e2d3c-canary"
        let file = try JournalFile()
        let store = try file.open()
        let epoch = try await store.takeOver("account")
        try await store.begin(.sample(parameters: ["password": canary, canary: "name"]), epoch: epoch)
        let values: [JSONValue] = [.string(canary), [canary: 1], ["apikey": [.string("x\(canary)y")]]]
        for kind in JournalEntry.Kind.allCases {
            try await store.append(values.map { .sample(kind, value: $0) }, to: Self.run, epoch: epoch)
        }
        _ = store.digest(Array(canary.utf8))
        #expect(try await store.entries(of: Self.run).count == 3 * JournalEntry.Kind.allCases.count)
        let needles: [Data] = [
            Data(canary.utf8), Data(canary.utf8.reversed()),
            // Without what hangs on the bytes beside it, for three ways in which base64 can begin.
            Self.base64(canary, skipping: 0), Self.base64(canary, skipping: 1), Self.base64(canary, skipping: 2),
            Data(canary.utf8.map { String($0, radix: 16) }.joined().utf8),
        ]
        let open = try file.names()
        #expect(open.contains("journal.db-wal"))
        for name in open { try Self.expectAbsent(of: needles, in: file, name) }
        try await store.close()
        for name in try file.names() { try Self.expectAbsent(of: needles, in: file, name) }
        // The search itself finds what is there.
        try file.write(Data("before \(canary) after".utf8), "plain")
        #expect(Self.contains(try file.bytes("plain"), needles[0]))
    }

    private static func base64(_ text: String, skipping count: Int) -> Data {
        let encoded = Data(text.utf8.dropFirst(count)).base64EncodedString()
        return Data(encoded.utf8.prefix(16))
    }

    private static func expectAbsent(of needles: [Data], in file: JournalFile, _ name: String) throws {
        let bytes = try file.bytes(name)
        for (index, needle) in needles.enumerated() { #expect(!contains(bytes, needle), "\(index) in \(name)") }
    }

    private static func contains(_ bytes: Data, _ needle: Data) -> Bool {
        let (haystack, needle) = ([UInt8](bytes), [UInt8](needle))
        guard let first = needle.first, haystack.count >= needle.count else { return false }
        return (0...(haystack.count - needle.count)).contains { start in
            haystack[start] == first && haystack[start..<start + needle.count].elementsEqual(needle)
        }
    }

    private static func stored() async throws -> JournalFile {
        let file = try JournalFile()
        let store = try file.open()
        let epoch = try await store.takeOver("account")
        try await store.begin(.sample(), epoch: epoch)
        try await store.append([.sample()], to: run, epoch: epoch)
        try await store.close()
        return file
    }
}
