import LuaHost
import SprunTesting
import Testing

@Suite struct LuaValueTests {
    @Test(
        arguments: [
            .nil, .null, true, false, .integer(.max), .integer(.min), 0, .integer(1 << 53 + 1), 0.5, .number(-0.0),
            .number(.infinity), .number(-.infinity), .number(.nan), .number(1), .number(.leastNonzeroMagnitude),
            "", "\0", "a\0b", "é", "e\u{301}", "😀", .string(String(repeating: "x", count: 100_000)),
            .table([]), .table([1, .null, "x"]), .table(["a": 1, "b": ["c": .table([true])].table]),
            .table(LuaTable(array: [1], fields: [.init(key: "k", value: 2)], sparse: [.init(key: -1, value: 3)])),
            .table(LuaTable(sparse: [.init(key: 2, value: "x"), .init(key: .max, value: "y")])),
        ] as [LuaValue])
    func `a value comes back as it was`(value: LuaValue) async throws {
        let script = "local v = t.echo(...) v = t.wait(v) return v"
        let results = try await run(script, arguments: [value])
        #expect(identical(results, [value]))
    }

    @Test func `random values come back as they were`() async throws {
        var random = TestRandom()
        let host = try makeHost()
        for round in 0..<300 {
            let values = (0..<Int.random(in: 0...4, using: &random)).map { _ in LuaValue.random(depth: 5, &random) }
            let results = try await host.run(source: "return t.echo(...)", name: "r.lua", arguments: values)
            // Lua cannot tell a trailing nil in a list from nothing at all only inside tables; lists keep it.
            guard identical(results, values) else {
                Issue.record("seed \(random.seed), round \(round): \(values) became \(results)")
                return
            }
        }
    }

    @Test(
        arguments: [
            ("t.echo(1, coroutine.create(print))", "argument 2: a thread cannot be passed"),
            ("t.echo('\\xff')", "argument 1: a string that is not valid UTF-8 cannot be passed"),
            (
                "t.echo({domains = {'a', 'b', '\\xc0\\x80'}})",
                "argument 1, field 'domains', item 3: a string that is not valid UTF-8 cannot be passed"
            ),
            (
                "t.echo({a = {[1.5] = 1}})",
                "argument 1, field 'a': a key of type float cannot be passed; use strings or integers"
            ),
            ("t.echo({[true] = 1})", "argument 1: a key of type boolean cannot be passed; use strings or integers"),
            ("t.echo({[{}] = 1})", "argument 1: a key of type table cannot be passed; use strings or integers"),
            ("t.echo({['\\xff'] = 1})", "argument 1, field '\u{FFFD}': the key is not valid UTF-8"),
            (
                "local x = {} x.y = {x} t.echo(x)",
                "argument 1, field 'y', item 1: a table that contains itself cannot be passed"
            ),
            ("local x = {} for i = 1, 64 do x = {n = x} end t.echo(x)", "tables are nested too deeply"),
            (
                "local x = {'0123456789'} for i = 1, 40 do x = {x, x} end t.echo(x)",
                "not enough memory"
            ),
            ("t.wait({f = coroutine.running()})", "argument 1, field 'f': a thread cannot be passed"),
        ])
    func `what cannot cross is an error that names the place`(source: String, message: String) async throws {
        let error = try #require(try await failure(source))
        #expect(error.message.hasSuffix(message))
        #expect(error.site?.line == 1)
    }

    @Test func `64 levels of tables pass`() async throws {
        _ = try await run("local x = {} for i = 1, 63 do x = {n = x} end return t.echo(x)")
    }

    @Test func `a result that cannot cross is an error of the run`() async throws {
        let error = try #require(try await failure("return 1, {print, coroutine.running()}"))
        #expect(error.code == .values)
        #expect(error.message == "result 2, item 2: a thread cannot be passed")
    }

    @Test func `functions of a list that could not be passed are let go`() async throws {
        let host = try makeHost()
        _ = try await host.run(source: "pcall(t.echo, print, {print}, coroutine.running())", name: "x.lua")
        #expect(await host.statistics.liveHandles == 0)
    }

    @Test func `a Swift value that is too deep is an error in Lua`() async throws {
        var value = LuaValue.integer(1)
        for _ in 0..<65 { value = .table([value]) }
        let deep = value
        let module = HostModule(name: "m", functions: [HostFunction("deep", sync: { _ in [deep] })])
        let host = try makeHost(modules: [module])
        await #expect(throws: LuaError.self) { try await host.run(source: "m.deep()", name: "x.lua") }
        await #expect(throws: LuaError.self) { try await host.run(source: "", name: "x.lua", arguments: [deep]) }
    }

    @Test func `fields are sorted by bytes`() async throws {
        let results = try await run("return {b = 1, a = 2, B = 3, ['é'] = 4, aa = 5, [''] = 6}")
        guard case .table(let table) = results[0] else { throw PlainError() }
        #expect(table.fields.map(\.key) == ["", "B", "a", "aa", "b", "é"])
    }

    @Test func `holes and mixtures can be told from plain arrays and objects`() async throws {
        let results = try await run("return {nil, 'x', timeout = '10m'}, {1, 2}, {a = 1}, {1, a = 1}, {}")
        let tables = results.compactMap { if case .table(let table) = $0 { table } else { nil } }
        #expect(tables[0].sparse == [.init(key: 2, value: "x")])
        #expect(tables[0]["timeout"] == "10m")
        #expect(throws: LuaShapeError.hole(key: 2, expected: 1)) { try tables[0].asArray() }
        #expect(throws: LuaShapeError.unexpectedPosition(2)) { try tables[0].asObject() }
        #expect(try tables[1].asArray() == [1, 2])
        #expect(throws: LuaShapeError.unexpectedPosition(1)) { try tables[1].asObject() }
        #expect(try tables[2].asObject() == [.init(key: "a", value: 1)])
        #expect(throws: LuaShapeError.unexpectedField("a")) { try tables[3].asArray() }
        #expect(tables[4].isEmpty)
    }

    @Test func `a field set to nil is absent`() async throws {
        let table: LuaTable = ["a": .nil, "b": 1]
        #expect(
            try await run("local x = ... return x.a, x.b, next(x)", arguments: [.table(table)]) == [.nil, 1, "b", 1])
        var edited = table
        edited["b"] = .nil
        edited["c"] = 2
        #expect(edited["b"] == .nil)
        #expect(edited["c"] == 2)
    }
}

extension Dictionary where Key == String, Value == LuaValue {
    fileprivate var table: LuaValue {
        .table(LuaTable(fields: sorted { $0.key < $1.key }.map { .init(key: $0.key, value: $0.value) }))
    }
}

extension LuaValue {
    static func random(depth: Int, _ random: inout TestRandom) -> LuaValue {
        switch Int.random(in: 0...(depth > 0 ? 9 : 6), using: &random) {
        case 0: return .null
        case 1: return .boolean(.random(using: &random))
        case 2: return .integer(Int64(bitPattern: random.next()))
        case 3: return .integer(.random(in: -2...2, using: &random))
        case 4: return .number(Double(bitPattern: random.next()))
        case 5, 6: return .string(text(&random))
        default:
            let count = { (random: inout TestRandom) in Int.random(in: 0...6, using: &random) }
            let array = (0..<count(&random)).map { _ in LuaValue.random(depth: depth - 1, &random) }
            var keys: [[UInt8]: String] = [:]
            for _ in 0..<count(&random) {
                let key = text(&random)
                keys[Array(key.utf8)] = key
            }
            let fields = keys.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
                LuaTable.Field(key: $0.value, value: .random(depth: depth - 1, &random))
            }
            let outside = Set((0..<count(&random) / 3).map { _ in Int64.random(in: -5...0, using: &random) })
            let sparse = outside.sorted().map {
                LuaTable.SparseItem(key: $0, value: .random(depth: depth - 1, &random))
            }
            return .table(LuaTable(array: array, fields: fields, sparse: sparse))
        }
    }

    private static func text(_ random: inout TestRandom) -> String {
        let scalars: [Unicode.Scalar] = ["a", "b", "\0", "\n", "é", "\u{301}", "😀", "\u{FFFF}", "z"]
        var text = ""
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            text.unicodeScalars.append(scalars.randomElement(using: &random) ?? "x")
        }
        return text
    }
}

/// Whether values agree to the bit: NaN with NaN, −0.0 not with 0.0, strings by bytes.
func identical(_ left: [LuaValue], _ right: [LuaValue]) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy(identical)
}

private func identical(_ left: LuaValue, _ right: LuaValue) -> Bool {
    switch (left, right) {
    case (.number(let a), .number(let b)):
        return a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
    case (.string(let a), .string(let b)):
        return a.utf8.elementsEqual(b.utf8)
    case (.table(let a), .table(let b)):
        return identical(a.array, b.array) && a.fields.map { Array($0.key.utf8) } == b.fields.map { Array($0.key.utf8) }
            && identical(a.fields.map(\.value), b.fields.map(\.value)) && a.sparse.map(\.key) == b.sparse.map(\.key)
            && identical(a.sparse.map(\.value), b.sparse.map(\.value))
    default:
        return left == right
    }
}
