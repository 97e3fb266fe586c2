import LuaHost
import SprunTesting
import Synchronization
import Testing

/// Lets functions of a script wait until the test lets them go on, in the order that the test chooses.
final class Gates: Sendable {
    private let waiting = Mutex<[(name: String, continuation: CheckedContinuation<Bool, Never>)]>([])
    let arrived = Recorder<String>()

    var module: HostModule {
        HostModule(
            name: "gate",
            functions: [
                HostFunction(
                    "pass",
                    async: { [self] call in
                        let name = try call.arguments.string(0)
                        guard await pass(name) else { throw CancellationError() }
                        return [.string(name)]
                    }),
                HostFunction(
                    "log",
                    sync: { [self] arguments in
                        arrived.add(try arguments.string(0))
                        return []
                    }),
            ])
    }

    private func pass(_ name: String) async -> Bool {
        arrived.add(name)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiting.withLock { $0.append((name, continuation)) }
                if Task.isCancelled { open(name, with: false) }
            }
        } onCancel: {
            open(name, with: false)
        }
    }

    /// Lets a function go on; false cancels its wait.
    func open(_ name: String, with result: Bool = true) {
        let found = waiting.withLock { waiting in
            waiting.firstIndex { $0.name == name }.map { waiting.remove(at: $0).continuation }
        }
        found?.resume(returning: result)
    }

    /// Opens gates in this order, each when somebody has come to it.
    func openAll(_ names: [String]) async {
        for name in names {
            while !waiting.withLock({ $0.contains { $0.name == name } }) { await Task.yield() }
            open(name)
        }
    }
}

@Suite struct ConcurrencyTests {
    private func run(_ source: String, opening names: [String]) async throws -> (results: [LuaValue], log: [String]) {
        let gates = Gates()
        let host = try makeHost(modules: [gates.module])
        async let results = host.run(source: source, name: "test.lua")
        await gates.openAll(names)
        return (try await results, gates.arrived.all)
    }

    @Test func `functions start in order and results are in order, whatever ends first`() async throws {
        let (results, log) = try await run(
            "return t.all{ function() return gate.pass('a') end, function() return gate.pass('b') end, function() return gate.pass('c') end }",
            opening: ["c", "a", "b"])
        #expect(results == [.table(["a", "b", "c"])])
        #expect(log == ["a", "b", "c"])
    }

    @Test func `a limit holds back the rest, in order`() async throws {
        let (results, log) = try await run(
            """
            local list = {}
            for i, name in ipairs{ "a", "b", "c", "d" } do
                list[i] = function() gate.log("start " .. name) local r = gate.pass(name) gate.log("end " .. name) return r end
            end
            return t.all(list, 2)
            """, opening: ["b", "c", "d", "a"])
        #expect(results == [.table(["a", "b", "c", "d"])])
        #expect(
            log == [
                "start a", "start b", "a", "b", "end b", "start c", "c", "end c", "start d", "d", "end d", "end a",
            ])
    }

    @Test func `functions that do not wait run one after another with any limit`() async throws {
        let script =
            "local l = {} for i = 1, 20000 do l[i] = function() return i end end return #t.all(l, 1), #t.all(l)"
        #expect(try await runAlone(script) == [20000, 20000])
    }

    @Test func `the first error cancels the others and all have ended when it is thrown`() async throws {
        let (results, log) = try await run(
            """
            local ok, e = pcall(t.all, {
                function() local c <close> = setmetatable({}, {__close = function() gate.log("never") end}) gate.pass("a") end,
                function() gate.pass("b") t.fail() end,
                function() while true do pcall(gate.pass, "c") end end,
            })
            return ok, e.code, e.index, tostring(e)
            """, opening: ["b"])
        #expect(results == [false, "sold_out", 2, "item 2: test.lua:3: apples are sold out"])
        #expect(log == ["a", "b", "c"])
    }

    @Test func `an error before all have started leaves the rest unstarted`() async throws {
        let (results, log) = try await run(
            "return pcall(t.all, { function() gate.log('1') end, t.fail, function() gate.log('3') end })", opening: [])
        #expect(results[0] == false)
        #expect(log == ["1"])
    }

    @Test func `a nested failure ends everything around it`() async throws {
        let (results, log) = try await run(
            """
            local ok, e = pcall(t.all, {
                function() return gate.pass("a") end,
                function() return t.all{ function() gate.pass("b") error("inner", 0) end, function() gate.pass("c") end } end,
            })
            gate.log("after")
            return e.message
            """, opening: ["b"])
        #expect(results == ["item 2: test.lua:3: item 1: test.lua:3: inner"])
        #expect(log == ["a", "b", "c", "after"])
    }

    @Test func `several runs of one host can wait at the same time`() async throws {
        let gates = Gates()
        let host = try makeHost(modules: [gates.module])
        async let first = host.run(source: "return gate.pass('a')", name: "a.lua")
        async let second = host.run(source: "return gate.pass('b')", name: "b.lua")
        await gates.openAll(["b", "a"])
        #expect(try await first == ["a"])
        #expect(try await second == ["b"])
    }

    @Test func `10000 coroutines with random delays and cancels leave nothing behind`() async throws {
        var random = TestRandom()
        let seed = random.next()
        let host = try makeHost(modules: [Self.delays(seed: seed)])
        let script = """
            local list = {}
            for i = 1, 10000 do
                list[i] = function() local sum = 0 for k = 1, 3 do sum = sum + m.delay(k) end return sum end
            end
            local results = t.all(list)
            for i = 1, #results do assert(results[i] == 6) end
            -- the same once more, with one that fails somewhere in between
            list[5000] = function() m.delay(1) m.delay(1) error("enough", 0) end
            local ok, e = pcall(t.all, list)
            assert(not ok and e.index == 5000, e)
            """
        _ = try await host.run(
            source: "local list = {} for i = 1, 100 do list[i] = t.wait end t.all(list)", name: "warm.lua")
        await host.collectGarbage()
        let before = await host.statistics
        _ = try await host.run(source: script, name: "many.lua")
        await host.collectGarbage()
        let after = await host.statistics
        #expect(after.liveCoroutines == 0)
        #expect(after.pendingOperations == 0)
        #expect(after.liveHandles == 0)
        // The tables that anchored 10,000 coroutines keep their slots: 16 bytes each, rounded up.
        #expect(after.bytesInUse < before.bytesInUse + 3 * 16 * 16384)
    }

    private static func delays(seed: UInt64) -> HostModule {
        let state = Mutex(seed)
        return HostModule(
            name: "m",
            functions: [
                HostFunction(
                    "delay",
                    async: { call in
                        let yields = state.withLock { state in
                            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                            return Int(state >> 33) % 6
                        }
                        for _ in 0..<yields { await Task.yield() }
                        try Task.checkCancellation()
                        return call.arguments.values
                    })
            ])
    }
}

private func runAlone(_ source: String) async throws -> [LuaValue] {
    try await run(source)
}
