import Groundwork
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Testing

@Suite("The demo account")
struct DemoAccountTests {
    private func demo(seed: UInt64) -> Account {
        var random = SeededRandom(seed: seed)
        return Account.demo(at: Stage.beginning, random: &random)
    }

    @Test("depends only on its seed and has no contradictions")
    func deterministic() {
        #expect(demo(seed: 1) == demo(seed: 1))
        #expect(demo(seed: 1) != demo(seed: 2))
        #expect(demo(seed: 1).contradictions.isEmpty)
    }

    @Test("has two connected servers, a site on php7.4 with its database, and a newer runtime to upgrade to")
    func contents() throws {
        let account = demo(seed: 1)
        #expect(account.servers.values.map(\.name) == ["www1", "www4"])
        #expect(account.servers.values.allSatisfy { $0.connected != nil && $0.address != nil })
        let old = try #require(account.apps.values.first { $0.runtime == "php7.4" })
        #expect(account.servers[old.serverID]?.runtimes.last == "php8.4")
        #expect(account.databases.values.contains { $0.appID == old.id })
        #expect(account.actions.isEmpty)
    }

    @Test("every read works at once, and new work takes its normal time")
    func usable() async throws {
        let stage = Stage(account: demo(seed: 1), plan: .fixed(.seconds(10)))
        let app = try #require(stage.simulator.account.apps.values.first)
        #expect(
            try App(try await stage.call("app", ["id": .string(app.id.rawValue)]).data).autossl?.isAvailable == true)
        let reply = try await stage.call("update_app", ["id": .string(app.id.rawValue), "runtime": "php8.4"])
        #expect(try await stage.status(of: reply.actionID) == "open")
        try await stage.wait(.seconds(10))
        #expect(try await stage.status(of: reply.actionID) == "success")
    }
}
