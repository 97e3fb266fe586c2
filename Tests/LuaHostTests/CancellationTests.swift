import Foundation
import LuaHost
import Synchronization
import Testing

@Suite struct CancellationTests {
    @Test(
        arguments: [
            "m.ready() while true do end",
            "m.ready() while true do pcall(error) end",
            "m.ready() coroutine.wrap(function() while true do end end)()",
            "m.ready() t.park()",
            "m.ready() while true do pcall(t.park) end",
            "m.ready() while true do pcall(t.wait) end",
            "t.all{function() m.ready() while true do end end, t.park}",
            "t.all{t.park, function() m.ready() t.park() end}",
            "t.all({function() m.ready() t.park() end, t.park}, 1)",
            "coroutine.wrap(function() m.ready() coroutine.wrap(t.park)() end)()",
            "m.ready(); ('a'):rep(40):find(('a-'):rep(40) .. 'b')",
            "m.ready(); ('a'):rep(1000000):gsub('.-b', '')",
            "m.ready() table.move({}, 1, 1 << 60, 2)",
            "m.ready() table.sort(setmetatable({}, { __len = function() return 1 << 30 end, __index = rawlen }), rawequal)",
            "m.ready() load(function() return ('x=1 '):rep(1000) end)",
        ], [true, false])
    func `a run can be cancelled from another thread`(source: String, byHost: Bool) async throws {
        var limits = LuaHostLimits()
        limits.slice = .seconds(20)  // only the cancel can end it
        let cancel = Mutex<(@Sendable () -> Void)?>(nil)
        let ready = HostFunction(
            "ready",
            sync: { _ in
                // A thread and not a task: spinning Lua may hold all threads of the pool.
                Thread.detachNewThread {
                    while true {
                        guard let action = cancel.withLock({ $0 }) else { continue }
                        return action()
                    }
                }
                return []
            })
        let host = try makeHost(limits: limits, modules: [HostModule(name: "m", functions: [ready])])
        let task = Task.detached { () throws -> LuaError.Code? in
            do {
                _ = try await host.run(source: source, name: "x.lua")
                return nil
            } catch let error as LuaError {
                return error.code
            }
        }
        let action: @Sendable () -> Void = { if byHost { host.cancel() } else { task.cancel() } }
        cancel.withLock { $0 = action }
        #expect(try await task.value == .cancelled)
        cancel.withLock { $0 = nil }  // it holds the host, whose module holds it
        let statistics = await host.statistics
        #expect(statistics.liveCoroutines == 0)
        #expect(statistics.pendingOperations == 0)
        if byHost {
            await #expect(throws: LuaError.self) { try await host.run(source: "return 1", name: "x.lua") }
        } else {
            #expect(try await host.run(source: "return 1", name: "x.lua") == [1])
        }
    }

    @Test func `what an operation gives after the cancel is not delivered`() async throws {
        let host = try makeHost(modules: [
            HostModule(
                name: "m",
                functions: [
                    HostFunction(
                        "stubborn",
                        async: { call in
                            call.host.cancel()
                            await Task.yield()
                            return ["late"]
                        })
                ])
        ])
        do {
            _ = try await host.run(source: "local ok, x = pcall(m.stubborn) error('delivered')", name: "x.lua")
            Issue.record("it went on")
        } catch {
            #expect(error.code == .cancelled)
        }
    }
}
