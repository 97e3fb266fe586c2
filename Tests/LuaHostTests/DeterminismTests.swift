import Foundation
import LuaHost
import SprunTesting
import Testing

/// What a script sees is the same in every process, although Lua's hash seed is not.
@Suite struct DeterminismTests {
    @Test(
        arguments: [
            (
                "{ b = 1, a = 2, [3] = 3, [1] = 4, [2.5] = 5, [true] = 6, [false] = 7, [-1] = 8, B = 9, [''] = 0 }",
                "-1=8 1=4 3=3 2.5=5 =0 B=9 a=2 b=1 false=7 true=6"
            ),
            ("{ 10, 20, 30 }", "1=10 2=20 3=30"),
            ("{ 10, nil, 30 }", "1=10 3=30"),
            ("{ 10, 20, x = 1, [0] = 5 }", "0=5 1=10 2=20 x=1"),
            ("(function() local x = {} x[1] = 1 x[0] = 0 return x end)()", "0=0 1=1"),
            ("(function() local x = {} for i = 5, 1, -1 do x[i] = i end return x end)()", "1=1 2=2 3=3 4=4 5=5"),
            ("{}", ""),
        ])
    func `pairs and next go in one order`(table: String, expected: String) async throws {
        let script = """
            local function walk(x, step, state, key)
                local out = {}
                for k, v in step, state, key do out[#out + 1] = tostring(k) .. "=" .. tostring(v) end
                return table.concat(out, " ")
            end
            local x = \(table)
            return walk(x, pairs(x)), walk(x, next, x)
            """
        #expect(try await run(script) == [.string(expected), .string(expected)])
    }

    @Test func `fields may be cleared and changed during the walk`() async throws {
        let script = """
            local x, n = { 1, 2, 3, a = 1, b = 2, c = 3 }, 0
            for k, v in pairs(x) do
                n = n + 1
                x[k] = nil
                if k == "a" then x.b = nil x.c = 9 end
                if k == "c" then assert(v == 9) end
            end
            local list = { 1, 2, 3, 4 }
            for k in pairs(list) do list[k] = nil list[3] = nil n = n + 10 end
            local worklist, order = { b = 1, a = 1, [2] = 1 }, {}
            while next(worklist) ~= nil do
                local k = next(worklist)
                order[#order + 1] = k
                worklist[k] = nil
            end
            return n, next(x), next(list), table.concat(order, " ")
            """
        #expect(try await run(script) == [35, .nil, .nil, "2 a b"])
    }

    @Test func `values that are not text have the same tostring in every state`() async throws {
        let script = "return tostring({}), tostring(print), string.format('%s', {}), tostring(coroutine.running())"
        let first = try await run(script)
        #expect(first == ["table: 1", "function: 2", "table: 3", "thread: 4"])
        #expect(
            try await run("local x = {} return tostring(x) == tostring(x), tostring(x) ~= tostring({})") == [
                true, true,
            ])
        #expect(try await failure("return ('%p'):format({})") != nil)
    }

    @Test func `random numbers come from the seed`() async throws {
        let script = "local a = math.random(1 << 40) math.randomseed() return a, math.random(1 << 40), math.random()"
        let first = try await makeHost(seed: 7).run(source: script, name: "r.lua")
        #expect(try await makeHost(seed: 7).run(source: script, name: "r.lua") == first)
        #expect(try await makeHost(seed: 8).run(source: script, name: "r.lua") != first)
        #expect(first[0] == first[1])
    }

    /// Each state has a hash seed of its own, made of addresses and time, so states stand for processes here.
    @Test func `a large table is walked alike in many states`() async throws {
        var random = TestRandom()
        let keys = (0..<500).map { _ in "k\(random.next() % 100_000)" }
        let script = """
            local x = {}
            for i, k in ipairs(...) do x[k] = i end
            local out = {}
            for k, v in pairs(x) do out[#out + 1] = k .. v end
            return table.concat(out, " ")
            """
        let argument = LuaValue.table(LuaTable(keys.map { .string($0) }))
        let first = try await run(script, arguments: [argument])
        for _ in 0..<20 {
            #expect(try await run(script, arguments: [argument]) == first)
        }
    }

    @Test func `the public headers of the bridge include nothing of Lua`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/CLuaBridge/include")
        let names = try FileManager.default.contentsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".h") }
        #expect(names.contains("CLuaBridge.h"))
        let allowed = ["<stddef.h>", "<stdint.h>", "<sys/types.h>"] + names.map { "\"\($0)\"" }
        for name in names {
            let header = try String(contentsOf: root.appending(path: name), encoding: .utf8)
            for line in header.split(separator: "\n") where line.hasPrefix("#include") {
                #expect(allowed.contains(String(line.dropFirst("#include ".count))), "\(name): \(line)")
            }
        }
    }
}

/// `table.sort` as recipes see it: the same in every process, and everything else as Lua's own.
@Suite("table.sort")
struct SortTests {
    private static func sorted(_ lua: String) async throws -> [LuaValue] {
        try await LuaHost(modules: []).run(source: lua, name: "test.lua")
    }

    @Test("keeps the order of equal elements, in lists of any length")
    func stable() async throws {
        let lua = """
            local list = {}
            for i = 1, 5000 do list[i] = { key = (i * 7919) % 10, place = i } end
            table.sort(list, function(a, b) return a.key < b.key end)
            for i = 2, #list do
                local a, b = list[i - 1], list[i]
                if a.key > b.key or (a.key == b.key and a.place > b.place) then return i end
            end
            return 0
            """
        #expect(try await Self.sorted(lua) == [.integer(0)])
    }

    @Test(
        "sorts like Lua's own",
        arguments: [
            ("{ 3, 1, 2 }", "1 2 3"), ("{}", ""), ("{ 5 }", "5"), (#"{ "b", "a", "C" }"#, "C a b"),
            ("{ 2, 1.5, -1, 10, 3 }", "-1 1.5 2 3 10"),
        ])
    func order(_ list: String, _ expected: String) async throws {
        let lua = "local t = \(list) table.sort(t) return table.concat(t, ' ')"
        #expect(try await Self.sorted(lua) == [.string(expected)])
    }

    @Test(
        "rejects the same arguments as Lua's own sort, and ends even with a contradictory comparison",
        arguments: [
            ("table.sort(1)", false), ("table.sort({ 2, 1 }, 7)", false), ("table.sort({ 1, {} })", false),
            ("table.sort({ 3, 1, 2 }, function() return true end)", true),
            ("table.sort(setmetatable({}, { __len = function() return 1 << 40 end }))", false),
        ])
    func refusals(_ lua: String, _ works: Bool) async throws {
        do {
            _ = try await Self.sorted(lua)
            #expect(works)
        } catch {
            #expect(!works, "\(error)")
        }
    }
}
