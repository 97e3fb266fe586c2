import LuaHost
import SprunTesting
import Synchronization
import Testing

/// Slices that are sent to the process that runs Lua in one message.
@Suite("Slices of concurrent coroutines", .timeLimit(.minutes(2)))
struct JoinedSlicesTests {
    private static func host(
        _ limits: LuaHostLimits = .patient, modules: [HostModule] = [testModule]
    ) throws -> LuaHost {
        try LuaHost(
            configuration: LuaHostConfiguration(limits: limits, isolation: try ownProcess()), modules: modules)
    }

    @Test(
        "need few round trips, whether coroutines start, wait or end",
        arguments: [
            // 11,000 slices each.
            ("for k = 1, 10 do t.wait(k) end", "t.all(list)"),
            ("for k = 1, 10 do t.instant(k) end", "t.all(list)"),
            // Slices that end start others here.
            ("for k = 1, 1000 do t.wait(k) end", "t.all({ table.unpack(list, 1, 11) }, 10)"),
            // 2,000 slices, which only start and end.
            ("", "t.all(list) t.all(list)"),
        ])
    func roundTrips(body: String, run: String) async throws {
        let host = try Self.host()
        let script = "local list = {} for i = 1, 1000 do list[i] = function() \(body) end end \(run)"
        _ = try await host.run(source: script, name: "test.lua")
        let most = run.contains("10)") ? 2_100 : 500
        #expect(await host.sendings < most)
    }

    @Test("are resent with little overhead if each coroutine calls the host")
    func resent() async throws {
        let host = try Self.host()
        let script = """
            local list = {}
            for i = 1, 500 do list[i] = function() for k = 1, 4 do t.add(k, 1) t.wait() end return i end end
            return #t.all(list)
            """
        #expect(try await host.run(source: script, name: "test.lua") == [500])
        // A slice each, but for the last of each coroutine.
        #expect(await host.sendings > 2_000)
    }

    // MARK: - Limits

    @Test("may compute longer together than a single slice may")
    func together() async throws {
        var limits = LuaHostLimits.patient
        limits.slice = .milliseconds(100)
        let script = """
            local list = {}
            for i = 1, 400 do
                list[i] = function() for k = 1, 3 do t.wait() for n = 1, 300000 do end end return i end
            end
            return #t.all(list)
            """
        let host = try Self.host(limits)
        #expect(try await host.run(source: script, name: "test.lua") == [400])
        #expect(await host.statistics.cpuTime > .milliseconds(200), "all of it would fit into one slice")
    }

    @Test(
        "end at the limit of each slice, and at the limit of all",
        arguments: [
            ("if i == 50 then while true do end end", 200, 60_000, "without waiting"),
            ("if i == 50 then while true do pcall(error) end end", 200, 60_000, "without waiting"),
            ("if i == 50 then while true do t.add(1, 1) end end", 200, 60_000, "without waiting"),
            ("if i == 50 then local s = ('a'):rep(1000000) s:gsub('.-b', '') end", 200, 60_000, "without waiting"),
            ("while true do t.wait() for n = 1, 2000 do end end", 60_000, 400, "in all"),
            ("while true do t.instant() end", 60_000, 400, "in all"),
        ])
    func ends(body: String, slice: Int, total: Int, words: String) async throws {
        var limits = LuaHostLimits()
        limits.slice = .milliseconds(slice)
        limits.total = .milliseconds(total)
        let script = """
            local list = {}
            for i = 1, 100 do list[i] = function() t.wait() t.wait() \(body) t.wait() end end
            t.all(list)
            """
        let host = try Self.host(limits)
        let error = await #expect(throws: LuaError.self) { try await host.run(source: script, name: "test.lua") }
        #expect(error?.code == .cpuBudget)
        #expect(error?.message.contains(words) == true, "\(String(describing: error))")
        #expect(await host.statistics.cpuTime < .milliseconds(min(slice, total) + 500))
        #expect(await host.statistics.liveCoroutines == 0)
    }

    @Test("share the memory limit, and the slice that exceeds it gets the error")
    func memory() async throws {
        var limits = LuaHostLimits.patient
        limits.memory = 16 << 20
        let script = """
            local list = {}
            for i = 1, 100 do
                list[i] = function()
                    t.wait()
                    local ok, e = true, nil
                    if i % 50 == 0 then ok, e = pcall(string.rep, "x", 15 << 20) end
                    t.wait()
                    return ok and i or e
                end
            end
            return t.all(list)
            """
        let host = try Self.host(limits)
        let results = try await host.run(source: script, name: "test.lua")
        let expected = (1...100).map { $0 % 50 == 0 ? LuaValue.string("not enough memory") : .integer(Int64($0)) }
        #expect(results == [.table(LuaTable(expected))])
    }

    @Test("stop if another thread cancels the run", arguments: ["while true do end", "t.wait()"])
    func cancelled(body: String) async throws {
        let spinning = Mutex(0)
        let began = HostModule(
            name: "m",
            functions: [
                HostFunction(
                    "wait",
                    async: { _ in
                        spinning.withLock { $0 += 1 }
                        return []
                    })
            ])
        let host = try Self.host(modules: [testModule, began])
        let script = """
            local list = {}
            for i = 1, 100 do list[i] = function() m.wait() while true do if i == 50 then \(body) end t.wait() end end end
            t.all(list)
            """
        let run = Task { try await host.run(source: script, name: "test.lua") }
        while spinning.withLock({ $0 }) < 100 { await Task.yield() }
        try await Task.sleep(for: .milliseconds(200))
        run.cancel()
        let error = await #expect(throws: LuaError.self) { try await run.value }
        #expect(error?.code == .cancelled)
        #expect(await host.statistics.liveCoroutines == 0)
        #expect(await host.statistics.pendingOperations == 0)
    }

    @Test("stop only if their own run is cancelled", arguments: [true, false])
    func cancelledAlone(cancelsFirst: Bool) async throws {
        let host = try Self.host()
        let began = Mutex(0)
        let (endless, some): (LuaValue, LuaValue) = (.integer(.max), 40)
        let first = Task {
            began.withLock { $0 += 1 }
            return try await Self.count(to: cancelsFirst ? endless : some, computing: !cancelsFirst, on: host)
        }
        while began.withLock({ $0 }) < 1 { await Task.yield() }
        let second = Task {
            try await Self.count(to: cancelsFirst ? some : endless, computing: cancelsFirst, on: host)
        }
        try await Task.sleep(for: .milliseconds(150))
        (cancelsFirst ? first : second).cancel()
        let error = await #expect(throws: LuaError.self) { try await (cancelsFirst ? first : second).value }
        #expect(error?.code == .cancelled)
        #expect(try await (cancelsFirst ? second : first).value == [some])
    }

    /// Waits and computes by turns.
    private static func count(to count: LuaValue, computing: Bool, on host: LuaHost) async throws -> [LuaValue] {
        let work = computing ? "for n = 1, 2000000 do end" : ""
        let source = "local n = 0 while n < ... do t.wait() n = n + 1 \(work) end return n"
        return try await host.run(source: source, name: "test.lua", arguments: [count])
    }

    // MARK: - Hostile answers

    @Test(
        "get their replies in order, and at most once",
        arguments: [
            // As the protocol says.
            ("for i in range(4): outcome(follows=int(i < 3))", true),
            ("for i in range(4): wait(i + 1, i + 6, follows=int(i < 3))", true),
            ("wait(1, 6, follows=1); outcome(follows=1); wait(3, 7)", true),
            // An outcome more than there are slices.
            ("for i in range(4): outcome(follows=1)", false),
            ("for i in range(5): wait(i + 1, i + 6, follows=1)", false),
            // A coroutine that is not among them, or not yet, or no more.
            ("forbidden(9)", false),
            ("forbidden(2)", false),
            ("wait(1, 6, follows=1); forbidden(1)", false),
            ("wait(1, 6, follows=1); forbidden(1, 1, 7)", false),
            ("wait(1, 6, follows=1); forbidden(3)", false),
            ("outcome(follows=1); forbidden(1)", false),
            ("call(0, (1, 0)); receive(); forbidden(2)", false),
            // A wait without its call, or with another's.
            ("outcome(1, operation=6, follows=1)", false),
            ("wait(1, 6, follows=1); outcome(1, operation=6, follows=1)", false),
            ("wait(1, 6, follows=1); outcome(1, operation=7)", false),
            ("forbidden(1, 1, 7)", false),
            // More slices after one that can influence them.
            ("outcome(2, follows=1); forbidden(2)", false),
            ("outcome(3, follows=1); forbidden(2)", false),
            ("call(0, (1, 0)); receive(); wait(1, 6, follows=1); forbidden(2)", false),
            ("send(PRINT, b'x'); wait(1, 6, follows=1); forbidden(2)", false),
            ("send(ABANDON, bytes(8)); wait(1, 6, follows=1); forbidden(2)", false),
            // More bytes than the host has to hold.
            ("wait(1, 6, follows=1, words=b'w' * 200000); forbidden(2)", false),
            ("for i in range(3): wait(i + 1, i + 6, follows=1, words=b'w' * 60000)\nforbidden(4)", false),
            // Cut off.
            ("wait(1, 6, follows=1); os._exit(0)", false),
            ("wait(1, 6, follows=1); os.write(0, struct.pack('<I', 30) + bytes([OUTCOME])); os._exit(0)", false),
            ("outcome(follows=1); send(OUTCOME, b'\\1\\1')", false),
        ])
    func hostile(lines: String, isHonest: Bool) async throws {
        let calls = Recorder<String>()
        let rest = isHonest ? "answers(); os._exit(0)" : "forbidden(1); forbidden(2); time.sleep(60)"
        let error = try await HostileProcess("together(4)\n\(lines)\n\(rest)").failure(calls: calls)
        #expect(error?.code == .host)
        #expect(!calls.all.contains { $0.contains("forbidden") }, "\(calls.all)")
        #expect(calls.count >= 4)
    }

    @Test("get no reply after the end of a slice that starts others", arguments: [0, 2])
    func hostileLimit(limit: Int) async throws {
        let calls = Recorder<String>()
        let rest =
            limit == 0
            ? "wait(2, 6); answers(); outcome(follows=1); outcome(); answers(); os._exit(0)"
            : "answers(); forbidden(1); time.sleep(60)"
        let error = try await HostileProcess("together(4, limit=\(limit)); outcome(follows=1); \(rest)").failure(
            calls: calls)
        #expect(error?.code == .host)
        #expect(!calls.all.contains { $0.contains("forbidden") }, "\(calls.all)")
        #expect(calls.count == (limit == 0 ? 5 : 2), "\(calls.all)")
    }

    @Test("cannot share a slice limit by a program that sends their outcomes late")
    func hostileTime() async throws {
        var limits = LuaHostLimits()
        limits.slice = .milliseconds(200)
        let lines = """
            together(4)
            for i in range(1, 5):
                end = time.process_time() + 0.3
                while time.process_time() < end: pass
                wait(i, 5 + i, follows=int(i < 4))
            os._exit(0)
            """
        let error = try await HostileProcess(lines).failure(limits: limits)
        #expect(error?.code == .cpuBudget, "\(String(describing: error))")
    }
}
