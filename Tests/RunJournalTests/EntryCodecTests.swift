import DurableSteps
import FoundationEssentials
import Groundwork
import OrderedCollections
import RecipeEngine
import SprunTesting
import StoreFile
import Testing

@testable import RunJournal

/// The codec of format 1, on made-up entries and on those of the golden journals.
@Suite("The codec of entries")
struct EntryCodecTests {
    private static let fixtures =
        String(#filePath).components(separatedBy: "/RunJournalTests/")[0] + "/SprunCommandsTests/Fixtures"

    /// Returns the entries of a golden journal as they lie in it, with the decrypted bytes of their bodies.
    private static func rows(of journal: String) throws -> [(row: EncodedEntry, bytes: [UInt8])] {
        let folder = "\(fixtures)/\(journal)"
        let digits = try Data(contentsOf: URL(filePath: "\(folder)/journal.key")).dropLast()
        let key = StoreKey(try #require(HexadecimalText.bytes(digits)))
        let queue = try DatabaseQueue(path: "\(folder)/journal.db", isReadOnly: true)
        return try queue.read { database in
            try database.rows("SELECT * FROM entries ORDER BY run, position").map { row in
                var entry = EncodedEntry(
                    kind: try row.value("kind"), step: try row.value("step"), operation: try row.value("operation"),
                    digest: try row.value("digest"), site: try row.value("site"),
                    time: Timestamp(nanoseconds: try row.value("time")))
                entry.body = try key.body(
                    Data(try row.value("body", as: [UInt8].self)), of: entry,
                    in: RunID(rawValue: try row.value("run")), at: try row.value("position"))
                return (entry, JSONValue.object(entry.body).bytes)
            }
        }
    }

    @Test("reads and writes golden journals without changing a byte", arguments: ["journals", "journal-1"])
    func golden(_ journal: String) throws {
        let rows = try Self.rows(of: journal)
        #expect(rows.count > 20)
        for (row, bytes) in rows {
            let encoded = EntryCodec.encode(try EntryCodec.decode(row))
            #expect(JSONValue.object(encoded.body).bytes == bytes, "\(row.kind) \(row.operation)")
            var columns = encoded
            columns.body = row.body
            #expect(columns == row)
        }
    }

    @Test("every kind of entry, place and evidence is in the golden journals")
    func coverage() throws {
        let entries = try Self.rows(of: "journals").map { try EntryCodec.decode($0.row) }
        #expect(Set(entries.map(\.kind)) == Set(JournalEntry.Kind.allCases))
        let places = Set(
            entries.compactMap { entry -> String? in
                switch entry.step?.place {
                case .coroutine(let path): "coroutine \(path.levels.count)"
                case .immediate(let function, _): function
                case .imported: "import"
                case .parameters(let kind): kind
                case nil: nil
                }
            })
        #expect(
            places.isSuperset(of: ["coroutine 0", "coroutine 1", "coroutine 2", "time", "random", "import", "server"]))
        let origins = Set(entries.compactMap { $0.outcome?.origin })
        #expect(origins.isSuperset(of: [.reply, .adopted, .repeated]))
        let choices = Set(entries.compactMap(\.stop).flatMap(\.choices))
        #expect(choices == Set(Entry.Stop.Choice.allCases))
        let (intents, ends) = (entries.compactMap(\.intent), entries.compactMap(\.end))
        let (areShown, areUndone) = (ends.contains(where: \.areSecretsShown), ends.contains { $0.result == .undone })
        #expect(areShown && areUndone)
        #expect(entries.contains { $0.content == .retry })
        #expect(entries.recipeText != nil)
        let recreations = intents.filter { if case .recreation = $0.evidence { true } else { false } }
        let deletions = intents.filter { $0.falls != nil }
        let deletionStops = entries.compactMap(\.stop).filter { $0.falls != nil }
        #expect(!recreations.isEmpty && !deletions.isEmpty && !deletionStops.isEmpty)
        let plans = try entries.compactMap { try [$0].plan() }
        #expect(plans.contains { !$0.branches.isEmpty })
        let outside = Set(entries.compactMap(\.call?.call).filter(\.isOutside).map(\.name))
        #expect(
            outside.isSuperset(of: ["http.get", "http.post", "http.delete", "dns.addresses", "ssh.run", "ssh.copy"]))
    }

    @Test("the codec decodes every entry that it encoded, from values and from bytes")
    func roundTrip() throws {
        let seed = TestRandom.seed()
        var random = RandomEntries(seed: seed)
        for _ in 0..<2_000 {
            let entry = random.next()
            var row = EntryCodec.encode(entry)
            #expect(try EntryCodec.decode(row) == entry, "seed \(seed)")
            let bytes = JSONValue.object(row.body).bytes
            row.body = try #require(try JSONValue(bytes: bytes).objectValue)
            let again = try EntryCodec.decode(row)
            #expect(again == entry, "seed \(seed)")
            #expect(JSONValue.object(EntryCodec.encode(again).body).bytes == bytes, "seed \(seed)")
        }
    }

    @Test("rejects unknown or damaged fields, and never misreads them")
    func damage() throws {
        let seed = TestRandom.seed()
        var random = RandomEntries(seed: seed)
        for _ in 0..<300 {
            let entry = random.next()
            let row = EntryCodec.encode(entry)
            var unknown = row
            unknown.body["unheard_of"] = 1
            #expect(throws: EntryDamage.self, "seed \(seed)") { try EntryCodec.decode(unknown) }
            // The first journals have no `told`.
            for (name, value) in row.body where name != "told" {
                var (removed, mistyped) = (row, row)
                removed.body[name] = nil
                mistyped.body[name] = .array([value, .double(0.5)])
                expectRefusedOrTold(removed, entry, name, seed)
                expectRefusedOrTold(mistyped, entry, name, seed)
            }
            for text in ["", "/:1", "/:01.1", "/3.1:1.1", "//:1.1", "/!import a%3a:1.1", "/:1.1 "] where row.step != nil
            {
                var damaged = row
                damaged.step = text
                #expect(throws: EntryDamage("step"), "'\(text)'") { try EntryCodec.decode(damaged) }
            }
        }
    }

    @Test("reads the first journals, whose stops and failures lack later fields")
    func first() throws {
        let stop = JournalEntry.sample(.stopped)
        var row = EntryCodec.encode(stop)
        row.body["told"] = nil
        #expect(try EntryCodec.decode(row) == stop)
        let failure = StepFailure(code: "wait_timed_out", message: "late", delivery: nil, details: .init(object: "a1"))
        let wait = JournalEntry(.observed(.sample("wait"), Entry.Observation(.failed(failure))), at: beginning)
        row = EntryCodec.encode(wait)
        var document = try #require(row.body["failure"]?.objectValue)
        #expect(document.removeValue(forKey: "delivery") == .null)
        row.body["failure"] = .object(document)
        #expect(try EntryCodec.decode(row) == wait)
    }

    /// Expects that a damaged row is refused, or read as what it then says.
    private func expectRefusedOrTold(_ damaged: EncodedEntry, _ entry: JournalEntry, _ name: String, _ seed: UInt64) {
        guard let read = try? EntryCodec.decode(damaged) else { return }
        #expect(read != entry && EntryCodec.encode(read).body == damaged.body, "\(name), seed \(seed)")
    }
}
