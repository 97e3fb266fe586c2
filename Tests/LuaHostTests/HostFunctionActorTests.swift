import LuaHost
import Synchronization
import Testing

/// Where host functions that wait run: what makes the order of a run the same each time.
@Suite("A host function that waits")
struct HostFunctionActorTests {
    private final class Seen: Sendable {
        private let places = Mutex<[Bool]>([])
        var onActor: [Bool] { places.withLock { $0 } }

        /// Notes whether it runs on the host's actor.
        func look(_ host: LuaHost, _ actor: isolated (any Actor)?) async {
            places.withLock { $0.append(actor === host) }
        }
    }

    /// Has no isolation of its own: it runs where its caller does.
    private static func step(_ seen: Seen, _ host: LuaHost) async {
        await seen.look(host, #isolation)
    }

    @Test("runs on the actor of its host, at its beginning and after each wait")
    func actor() async throws {
        let seen = Seen()
        let look = HostFunction(
            "look",
            async: { call in
                await Self.step(seen, call.host)
                await Task.yield()
                await Self.step(seen, call.host)
                return []
            })
        let host = try LuaHost(modules: [HostModule(name: "m", functions: [look])])
        _ = try await host.run(source: "m.look() m.look()", name: "test.lua")
        #expect(seen.onActor == [true, true, true, true])
    }

    /// Leaves the actor, as a function of another module may, and works for a while that is another each time.
    @concurrent private static func leave() async {
        for _ in 0..<Int.random(in: 0..<2_000) { sink.withLock { $0 &+= 1 } }
    }

    private static let sink = Mutex(0)

    @Test("returns in the same order each time, although its body leaves the actor")
    func turns() async throws {
        let leave = HostFunction(
            "leave",
            async: { call in
                for _ in 0..<(try call.arguments.integer(0)) { await Self.leave() }
                return []
            })
        let script = """
            local functions, seen = {}, {}
            for i = 1, 20 do
                functions[i] = function()
                    for k = 1, 5 do
                        m.leave((i * 7 + k) % 4)
                        seen[#seen + 1] = i
                    end
                end
            end
            t.all(functions)
            return table.concat(seen, " ")
            """
        var orders: Set<[LuaValue]> = []
        for _ in 0..<100 {
            let host = try makeHost(modules: [HostModule(name: "m", functions: [leave])])
            orders.insert(try await host.run(source: script, name: "test.lua"))
        }
        #expect(orders.count == 1)
    }

    @Test("is cancelled together with others, in the order in which they started")
    func cancelledInOrder() async throws {
        let ended = Mutex<[Int64]>([])
        let wait = HostFunction(
            "wait",
            async: { call in
                let number = try call.arguments.integer(0)
                do { try await Task.sleep(for: .seconds(3600)) } catch { ended.withLock { $0.append(number) } }
                return []
            })
        let fail = HostFunction(
            "fail",
            async: { call in
                await Task.yield()
                throw call.arguments.invalid(0, "it fails")
            })
        let script = """
            local functions = {}
            for i = 1, 30 do functions[i] = function() m.wait(i) end end
            functions[31] = function() m.fail(1) end
            t.all(functions)
            """
        let host = try makeHost(modules: [HostModule(name: "m", functions: [wait, fail])])
        await #expect(throws: LuaError.self) { try await host.run(source: script, name: "test.lua") }
        #expect(ended.withLock { $0 } == Array(1...30))
    }
}
