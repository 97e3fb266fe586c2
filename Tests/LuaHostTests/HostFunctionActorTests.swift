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
}
