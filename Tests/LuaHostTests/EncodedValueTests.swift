import LuaHost
import SprunTesting
import Testing

@Suite struct EncodedValueTests {
    @Test(arguments: [false, true])
    func `random encoded values arrive as the same values`(inProcess: Bool) async throws {
        var random = TestRandom()
        let host = try LuaHost(
            configuration: LuaHostConfiguration(
                limits: .patient, seed: 1, isolation: inProcess ? .inProcess : try ownProcess()),
            modules: [testModule])
        for round in 0..<200 {
            let value = Self.value(depth: 4, &random)
            var encoder = LuaValueEncoder(capacity: 0)
            Self.encode(value, with: &encoder)
            let encoded = LuaValue.encoded(encoder.finish())
            // A list of several values is written in another way than one value by itself.
            let results = try await host.run(
                source: "local one = ... return one, t.echo(...)", name: "e.lua",
                arguments: Bool.random(using: &random) ? [encoded] : [encoded, .integer(Int64(round)), encoded])
            guard identical(Array(results.prefix(2)), [Self.seen(value), Self.seen(value)]) else {
                Issue.record("seed \(random.seed), round \(round): \(value) became \(results)")
                return
            }
        }
    }

    @Test func `rows share their keys, and other keys in between are sent again`() async throws {
        var encoder = LuaValueEncoder(capacity: 16)
        let rows: [LuaTable] = [
            ["id": 1, "name": "a"], ["id": 2, "name": "b"], ["id": 3], ["id": 4, "name": "d", "more": true], [:],
            ["name": "f", "id": 6], ["name": "g", "id": 7],
        ]
        encoder.beginList()
        for row in rows {
            encoder.beginObject()
            for field in row.fields {
                encoder.key(Array(field.key.utf8))
                Self.encode(field.value, with: &encoder)
            }
            encoder.endObject()
        }
        encoder.endList()
        let results = try await run(
            """
            local seen = {}
            for i, row in ipairs((...)) do seen[i] = ("%s %s %s"):format(row.id, row.name, row.more) end
            return table.concat(seen, ", "), t.echo((...)[5])
            """, arguments: [.encoded(encoder.finish())])
        #expect(results[0] == "1 a nil, 2 b nil, 3 nil nil, 4 d true, nil nil nil, 6 f nil, 7 g nil")
        #expect(results[1] == .table(LuaTable(form: .object)))
    }

    @Test func `a list of many kilobytes arrives whole in the process, alone and among other values`() async throws {
        let host = try LuaHost(
            configuration: LuaHostConfiguration(limits: .patient, seed: 1, isolation: try ownProcess()),
            modules: [testModule])
        let script = """
            local sum = 0
            for _, row in ipairs((...)) do sum = sum + row.id + #row.name end
            return #(...), sum
            """
        for count in [10, 1000, 20_000] {
            var encoder = LuaValueEncoder(capacity: 0)
            encoder.beginList()
            for number in 1...count {
                encoder.beginObject()
                encoder.key(Array("id".utf8))
                encoder.append(integer: Int64(number))
                encoder.key(Array("name".utf8))
                encoder.append(text: Array("ten bytes.".utf8))
                encoder.endObject()
            }
            encoder.endList()
            let list = LuaValue.encoded(encoder.finish())
            let sum = LuaValue.integer(Int64(count * (count + 1) / 2 + 10 * count))
            for arguments in [[list], [list, "x"]] {
                let results = try await host.run(source: script, name: "l.lua", arguments: arguments)
                #expect(results == [.integer(Int64(count)), sum])
            }
            let waited = try await host.run(source: "local l = ... return #t.wait(l)", name: "w.lua", arguments: [list])
            #expect(waited == [.integer(Int64(count))])
        }
    }

    @Test func `keys that are sent once make a list of objects small`() {
        func bytes(_ rows: Int) -> Int {
            var encoder = LuaValueEncoder(capacity: 0)
            encoder.beginList()
            for _ in 0..<rows {
                encoder.beginObject()
                for key in ["a long name of a key", "another long name"] {
                    encoder.key(Array(key.utf8))
                    encoder.append(true)
                }
                encoder.endObject()
            }
            encoder.endList()
            return encoder.finish().byteCount
        }
        // A row has its tag and its two values.
        #expect(bytes(101) - bytes(1) == 300)
    }

    // MARK: - Values

    /// Returns a random value of which each object is without duplicates and functions.
    private static func value(depth: Int, _ random: inout TestRandom) -> LuaValue {
        switch Int.random(in: 0..<(depth > 0 ? 12 : 8), using: &random) {
        case 0: return .null
        case 1: return .boolean(.random(using: &random))
        case 2: return .integer(.random(in: .min ... .max, using: &random))
        case 3: return .number(.random(in: -1e9...1e9, using: &random))
        case 4: return .largeInteger("18446744073709551615")
        case 5: return .string(String(repeating: "é", count: Int.random(in: 120...140, using: &random)))
        case 6, 7: return .string(["", "x", "www.acme.example"].randomElement(using: &random) ?? "")
        case 8, 9:
            let count = Int.random(in: 0...4, using: &random)
            return .table(LuaTable(array: (0..<count).map { _ in value(depth: depth - 1, &random) }, form: .list))
        default:
            let keys = ["id", "name", "runtime", "ssl", ""].prefix(Int.random(in: 0...5, using: &random))
            return .table(
                LuaTable(
                    fields: keys.map { .init(key: $0, value: value(depth: depth - 1, &random)) }, form: .object))
        }
    }

    /// Returns a value as Lua returns it: the keys in order.
    private static func seen(_ value: LuaValue) -> LuaValue {
        guard case .table(var table) = value else { return value }
        table.array = table.array.map(seen)
        table.fields = table.fields.map { .init(key: $0.key, value: seen($0.value)) }
            .sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }
        return .table(table)
    }

    private static func encode(_ value: LuaValue, with encoder: inout LuaValueEncoder) {
        switch value {
        case .nil: encoder.appendNil()
        case .null: encoder.appendNull()
        case .boolean(let value): encoder.append(value)
        case .integer(let value): encoder.append(integer: value)
        case .number(let value): encoder.append(number: value)
        case .largeInteger(let digits):
            Array(digits.utf8).withUnsafeBufferPointer { encoder.append(digits: $0) }
        case .string(let text): encoder.append(text: Array(text.utf8))
        case .table(let table) where table.form == .list:
            encoder.beginList()
            for value in table.array { encode(value, with: &encoder) }
            encoder.endList()
        case .table(let table):
            encoder.beginObject()
            for field in table.fields {
                encoder.key(Array(field.key.utf8))
                encode(field.value, with: &encoder)
            }
            encoder.endObject()
        case .function, .encoded: Issue.record("no such value is encoded")
        }
    }
}
