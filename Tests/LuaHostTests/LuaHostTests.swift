import LuaHost
import SprunTesting
import Testing

@Suite struct LuaHostTests {
    @Test func `a script gets its arguments and gives its results`() async throws {
        let results = try await run("local a, b = ... return b, a, select('#', ...)", arguments: [1, "x"])
        #expect(results == ["x", 1, 2])
    }

    @Test(
        arguments: [
            ("return t.add(1, 2)", [3]),
            ("return t.wait('x', 2)", ["x", 2]),
            ("return t.instant(1) + t.wait(2)", [3]),
            ("return t.version, t.null", [3, .null]),
            ("return tostring(t.null), t.null == nil", ["null", false]),
            ("return t.site()", ["test.lua:1"]),
            ("\n\nreturn t.site()", ["test.lua:3"]),
            ("return coroutine.wrap(function() return t.wait(1) end)()", [1]),
            ("return t.all{function() return t.wait(1) end, function() return 2 end}", [.table([1, 2])]),
            ("return t.all({}, 3)", [.table([])]),
            ("#!/usr/bin/env sprun\nreturn t.site()", ["test.lua:2"]),
            ("return pcall(t.wait, 1)", [true, 1]),
            ("return select(2, pcall(t.fail)).code", ["sold_out"]),
            ("return tostring(select(2, pcall(t.wait_fail)))", ["apples are sold out"]),
            ("local ok, e = pcall(t.fail) return 'oh: ' .. e", ["oh: apples are sold out"]),
            ("return select(2, pcall(function() t.fail_plain() end))", ["test.lua:1: plain trouble"]),
        ] as [(String, [LuaValue])])
    func `a small script gives`(source: String, expected: [LuaValue]) async throws {
        #expect(try await run(source) == expected)
    }

    @Test func `globals live as long as the host`() async throws {
        let host = try makeHost()
        _ = try await host.run(source: "counter = 1", name: "a.lua")
        #expect(try await host.run(source: "counter = counter + 1 return counter", name: "b.lua") == [2])
    }

    @Test func `a function that a script returns can be called until it is dropped`() async throws {
        let host = try makeHost()
        do {
            let results = try await host.run(source: "return function(x) return t.wait(x * 2) end", name: "a.lua")
            guard case .function(let function) = results[0] else { throw PlainError() }
            #expect(try await host.call(function, arguments: [21]) == [42])
            #expect(await host.statistics.liveHandles == 1)
        }
        #expect(await host.statistics.liveHandles == 0)
    }

    @Test func `a function of another host is refused`() async throws {
        let results = try await run("return function() end")
        guard case .function(let function) = results[0] else { throw PlainError() }
        let other = try makeHost()
        await #expect(throws: LuaError.self) { try await other.call(function) }
        await #expect(throws: LuaError.self) { try await other.run(source: "", name: "x", arguments: results) }
    }

    @Test func `print joins its arguments as tostring shows them`() async throws {
        let lines = Recorder<String>()
        let host = try makeHost(print: { lines.add($0) })
        _ = try await host.run(
            source:
                "print(1, 2.0, 'x', nil, true) print() print(setmetatable({}, {__tostring = function() return 'T' end}))",
            name: "p.lua")
        #expect(lines.all == ["1\t2.0\tx\tnil\ttrue", "", "T"])
    }

    @Test func `two members of one name are refused`() {
        let module = HostModule(
            name: "m", functions: [HostFunction("a", sync: { _ in [] })], constants: [.init("a", 1)])
        #expect(throws: LuaError.self) { try LuaHost(modules: [module]) }
    }

    @Test func `coroutines have the same paths in every run`() async throws {
        let script = """
            local paths = {}
            t.wait()
            t.all{ function() t.wait() t.wait() paths[1] = t.path() end, function() paths[2] = t.path() end,
                function() t.all{ function() paths[3] = t.path() end } end }
            paths[4] = t.path()
            return paths
            """
        #expect(try await run(script) == [.table(["/2.1.0#3", "/2.1.1#1", "/2.1.2/1.1.0#1", "/#3"])])
    }
}
