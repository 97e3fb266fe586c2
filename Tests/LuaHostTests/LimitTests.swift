import LuaHost
import Testing

@Suite struct LimitTests {
    /// Small enough to test quickly.
    static var small: LuaHostLimits {
        var limits = LuaHostLimits()
        limits.slice = .milliseconds(50)
        limits.memory = 16 << 20
        return limits
    }

    @Test(
        arguments: [
            "while true do end",
            "while true do pcall(error) end",
            "while true do pcall(function() while true do end end) end",
            "pcall(function() while true do end end) return 'survived'",
            "xpcall(function() while true do end end, function() while true do end end) return 'survived'",
            "coroutine.wrap(function() while true do end end)()",
            "coroutine.resume(coroutine.create(function() while true do end end)) return 'survived'",
            "local co = coroutine.wrap(function() while true do coroutine.yield() end end) while true do co() end",
            "t.all{function() while true do end end}",
            "pcall(t.all, {function() t.wait() while true do end end, t.park}) return 'survived'",
            "local c <close> = setmetatable({}, {__close = function() while true do end end}) while true do end",
            "for i = 1, 1000 do coroutine.wrap(function() local c <close> = setmetatable({}, {__close = function() while true do end end}) "
                + "pcall(function() while true do end end) end)() end",
            "error(setmetatable({}, {__tostring = function() while true do end end}))",
            "setmetatable(_ENV, nil) while true do end",
            "local s = 'x' while true do s = s .. 'x' if #s > 1000 then s = 'x' end end",
            "while true do t.add(1, 2) end",
            "load(function() while true do end end) return 'survived'",
            "table.sort({1, 2, 3}, function() while true do end end)",
        ])
    func `a script that computes too long is stopped and cannot go on`(source: String) async throws {
        let source = source.replacing("setmetatable(_ENV, nil)", with: "pcall(setmetatable, _ENV, nil)")
        let host = try makeHost(limits: Self.small)
        do {
            let results = try await host.run(source: source, name: "test.lua")
            Issue.record("it ended with \(results)")
        } catch {
            let isToString = source.hasPrefix("error(setmetatable")  // the budget ended while the error was shown
            #expect(error.code == .cpuBudget || isToString)
        }
        #expect(await host.statistics.liveCoroutines == 0)
        #expect(try await host.run(source: "return 1", name: "after.lua") == [1])
    }

    /// Each block that is larger than all others changes how often the clock is read.
    @Test func `a script whose large blocks come and go is stopped too`() async throws {
        var limits = Self.small
        limits.memory = 1 << 20
        let script = "while true do pcall(function() local s = 'x' while true do s = s .. s end end) end"
        let error = try #require(try await failure(script, limits: limits))
        #expect(error.code == .cpuBudget)
    }

    /// A hook that raises leaves hooks off in its coroutine.
    @Test func `a coroutine that was stopped cannot compute without limit when it is closed later`() async throws {
        let host = try makeHost(limits: Self.small)
        let first = """
            co = coroutine.create(function()
                local c <close> = setmetatable({}, { __close = function() while true do end end })
                while true do end
            end)
            coroutine.resume(co)
            """
        await #expect(throws: LuaError.self) { try await host.run(source: first, name: "first.lua") }
        let results = try await host.run(source: "return coroutine.status(co), coroutine.close(co)", name: "second.lua")
        #expect(results == ["dead", true])
    }

    @Test func `the error says where the script computed`() async throws {
        let error = try #require(
            try await failure("local function spin()\n while true do end\nend\nspin()", limits: Self.small))
        #expect(error.code == .cpuBudget)
        #expect(error.site?.line == 2)
        #expect(error.message.hasPrefix("the script computed for more than 0.05 s"))
        #expect(error.frames.map(\.line) == [2, 4])
    }

    @Test func `the total budget stays spent, across runs`() async throws {
        var limits = LuaHostLimits()
        limits.total = .milliseconds(60)
        limits.slice = .seconds(100)
        let host = try makeHost(limits: limits)
        let script = "while true do local x = 0 for i = 1, 20000 do x = x + i end t.wait() end"
        for source in [script, "return 1"] {
            do {
                _ = try await host.run(source: source, name: "x.lua")
                Issue.record("it ended well")
            } catch {
                #expect(error.code == .cpuBudget)
            }
        }
    }

    @Test func `waiting costs no budget`() async throws {
        #expect(try await run("for i = 1, 20000 do t.wait(i) end return 'done'", limits: Self.small) == ["done"])
    }

    @Test(
        arguments: [
            "local x = {} while true do x[#x + 1] = ('x'):rep(1000) .. #x end",
            "return ('x'):rep(1 << 30)",
            "return table.concat({('x'):rep(9 << 20), ('y'):rep(9 << 20)})",
            "local s = 'x' while true do s = s .. s end",
            "local x = {} for i = 1, 1 << 40 do x[i] = i end",
            "t.all{function() local x = {} for i = 1, 1 << 40 do x[i] = i end end}",
            "coroutine.wrap(function() local s = 'x' while true do s = s .. s end end)()",
            "return t.echo(('x'):rep(6 << 20), ('y'):rep(6 << 20), ('z'):rep(3 << 20))",
        ])
    func `a script that takes too much memory is stopped`(source: String) async throws {
        var limits = Self.small
        limits.slice = .seconds(20)
        let host = try makeHost(limits: limits)
        do {
            _ = try await host.run(source: source, name: "test.lua")
            Issue.record("it ended well")
        } catch {
            let code = (error.underlying as? LuaConcurrentFailure)?.error.code ?? error.code
            #expect(code == .memory, "\(error)")
        }
        await host.collectGarbage()
        let statistics = await host.statistics
        #expect(statistics.peakBytes <= 16 << 20)
        #expect(statistics.bytesInUse < 1 << 20)
        #expect(try await host.run(source: "return 1", name: "after.lua") == [1])
    }

    @Test func `a script can catch that memory was short, once it is free again`() async throws {
        let script = "local ok, e = pcall(function() local s = 'x' while true do s = s .. s end end) return ok, e"
        #expect(try await run(script, limits: Self.small) == [false, "not enough memory"])
    }

    @Test func `functions side by side inside one another have a limit`() async throws {
        let error = try #require(
            try await failure("local function f() return t.all{f} end f()"))
        #expect(error.message.contains("32 levels deep"))
    }

    @Test func `the number of coroutines has a limit`() async throws {
        var limits = LuaHostLimits()
        limits.coroutines = 10
        let error = try #require(
            try await failure("local l = {} for i = 1, 10 do l[i] = t.wait end t.all(l)", limits: limits))
        #expect(error.message.contains("more than 10 coroutines"))
        _ = try await run("local l = {} for i = 1, 9 do l[i] = t.wait end t.all(l)", limits: limits)
    }
}
