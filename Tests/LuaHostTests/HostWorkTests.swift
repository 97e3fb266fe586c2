import LuaHost
import Synchronization
import Testing

/// What the host computes and holds for a script is the script's.
@Suite(.timeLimit(.minutes(2))) struct HostWorkTests {
    /// Computes for a while, without waiting.
    private static let work = HostModule(
        name: "work",
        functions: [
            HostFunction("async", async: { _ in [.integer(spin())] }),
            HostFunction("sync", sync: { _ in [.integer(spin())] }),
        ])

    private static func spin() -> Int64 {
        (0..<2_000_000).reduce(1) { $0 &* 6_364_136_223_846_793_005 &+ $1 }
    }

    /// Computes until another thread has said that it is enough.
    private final class Endless: Sendable {
        private let isOver = Atomic(false)

        var module: HostModule {
            HostModule(
                name: "work",
                functions: [
                    HostFunction(
                        "endless",
                        sync: { [self] _ in
                            while !isOver.load(ordering: .relaxed) {}
                            return []
                        })
                ])
        }

        func end() { isOver.store(true, ordering: .relaxed) }
    }

    @Test(
        arguments: [
            "while true do work.async() end", "while true do pcall(work.async) end",
            "while true do t.all{function() work.async() end} end",
            "while true do t.wait() pcall(work.sync) end",
        ])
    func `what host functions compute is charged, so that a loop of them ends`(source: String) async throws {
        var limits = LuaHostLimits()
        limits.slice = .seconds(60)
        limits.total = .milliseconds(200)
        let host = try LuaHost(configuration: LuaHostConfiguration(limits: limits), modules: [testModule, Self.work])
        do {
            let results = try await host.run(source: source, name: "test.lua")
            Issue.record("it ended with \(results)")
        } catch {
            #expect(error.code == .cpuBudget)
            #expect(error.message.contains("0.2 s of CPU time in all"))
        }
        #expect(await host.statistics.cpuTime > .milliseconds(200))
    }

    @Test func `waiting is charged to nobody`() async throws {
        var limits = LuaHostLimits()
        limits.total = .milliseconds(300)
        let nap = HostModule(
            name: "nap",
            functions: [
                HostFunction(
                    "take",
                    async: { _ in
                        try await Task.sleep(for: .milliseconds(400))
                        return []
                    })
            ])
        let host = try LuaHost(configuration: LuaHostConfiguration(limits: limits), modules: [nap])
        #expect(try await host.run(source: "nap.take() nap.take() return 1", name: "test.lua") == [1])
        #expect(await host.statistics.cpuTime < .milliseconds(300))
    }

    @Test(
        arguments: [
            // Many more values than their encoding has bytes for in Swift.
            "local row, rows = {}, {} for i = 1, 1000 do row[i] = true end for i = 1, 1000 do rows[i] = row end t.echo(rows)",
            "t.echo(('x'):rep(8 << 20))", "print(('x'):rep(8 << 20))",
            "local f, all = function() end, {} for i = 1, 200000 do all[i] = f end t.echo(all)",
            "local f, all = function() t.wait() end, {} for i = 1, 20000 do all[i] = f end t.all(all)",
        ])
    func `what the host holds for a script counts as its memory`(source: String) async throws {
        var limits = LuaHostLimits()
        limits.memory = 24 << 20
        let host = try LuaHost(configuration: LuaHostConfiguration(limits: limits), modules: [testModule])
        do {
            _ = try await host.run(source: source, name: "test.lua")
            Issue.record("it ended")
        } catch {
            // What a host function throws is the script's error.
            #expect(error.code == .memory || source.contains("t.all"))
            #expect(error.message.hasSuffix("not enough memory"))
        }
        await host.collectGarbage()
        #expect(await host.statistics.liveHandles == 0)
        // All of it is given back: what was too much once can be had in parts.
        let parts = "for i = 1, 100 do t.echo(('x'):rep(1 << 20)) t.all{t.wait, t.wait} end return 1"
        #expect(try await host.run(source: parts, name: "after.lua") == [1])
    }

    @Test func `an instruction or function that nothing inside can stop is told of`() async throws {
        var limits = LuaHostLimits()
        limits.slice = .milliseconds(100)
        let (overruns, told) = AsyncStream.makeStream(of: Void.self)
        let configuration = LuaHostConfiguration(limits: limits, overrun: { _ in told.yield() })
        let endless = Endless()
        let host = try LuaHost(configuration: configuration, modules: [endless.module])
        let running = Task { try? await host.run(source: "work.endless()", name: "test.lua") }
        for await _ in overruns { break }
        endless.end()
        _ = await running.value
    }
}
