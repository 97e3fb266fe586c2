import Groundwork
import HTTPTypes
import LuaHost
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

/// Domains that are added and taken away beside somebody else, keys of users.
@Suite("Domains and SSH keys")
struct DomainsTests {
    private static let add = """
        local app = sp.find_app{ name = "oliveoil" }
        local _, first = sp.add_domains(app.id, { "New.example", "olive.example" })
        local now, second = sp.add_domains(app.id, { "new.example" })
        table.sort(now.domains)
        return { first = first, second = second, domains = table.concat(now.domains, " ") }
        """

    private static func domains(_ runner: RecipeStage) -> [String] {
        runner.serverPilot.account.apps.values.first { $0.name == "oliveoil" }?.domains.keys.sorted() ?? []
    }

    @Test("adding domains keeps the others, and sends nothing if they exist")
    func add() async {
        let runner = RecipeStage()
        let report = await runner.run(Self.add)
        #expect(report.result?["first"] == "updated" && report.result?["second"] == "unchanged", "\(report)")
        #expect(report.result?["domains"] == "new.example olive.example www.olive.example")
        #expect(report.changes.count == 1)
    }

    @Test("removing domains keeps the others")
    func remove() async {
        let runner = RecipeStage()
        let report = await runner.run(
            #"local _, how = sp.remove_domains(sp.find_app{ name = "oliveoil" }.id, { "www.olive.example" }) return { how = how }"#
        )
        #expect(report.result?["how"] == "updated")
        #expect(Self.domains(runner) == ["olive.example"])
    }

    @Test(
        "a domain that another client adds is not replaced silently, and add_domains keeps it")
    func noticed() async throws {
        let lua = """
            local app = sp.find_app{ name = "oliveoil" }
            sp.sleep("10s")
            local ok, problem = pcall(sp.update_app, app.id, { domains = { "olive.example", "mine.example" } })
            return { ok = ok, code = problem.code, message = problem.message }
            """
        let runner = RecipeStage()
        let app = try #require(runner.serverPilot.account.apps.values.first { $0.name == "oliveoil" })
        let rival = Rival(base: runner.serverPilot.transport, app: app.id.rawValue)
        let report = await runner.run(lua, transport: rival)
        #expect(report.result?["code"] == "rival_edit", "\(report)")
        #expect(report.result?["message"]?.stringValue?.contains("rival.example") == true)
        #expect(Self.domains(runner).contains("rival.example"))
        let added = await runner.run(
            Self.add, transport: Rival(base: runner.serverPilot.transport, app: app.id.rawValue))
        #expect(added.failure == nil)
        #expect(Self.domains(runner) == ["new.example", "olive.example", "rival.example", "www.olive.example"])
    }

    /// Adds a domain behind the second reply about apps.
    private final class Rival: Transport {
        private let base: any Transport
        private let app: String
        private let seen = Recorder<Int>()

        init(base: any Transport, app: String) {
            self.base = base
            self.app = app
        }

        func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
            let response = try await base.send(request)
            if request.path.hasPrefix("/apps"), request.method == .get {
                seen.add(1)
                let all = seen.take()
                for number in all { seen.add(number) }
                if all.count == 1, let update = ServerPilot.Operation.named("update_app") {
                    _ = try await base.call(
                        update,
                        ["id": .string(app), "domains": ["olive.example", "www.olive.example", "rival.example"]])
                }
            }
            return response
        }
    }

    @Test("ensuring an SSH key adds it once")
    func userKey() async {
        let runner = RecipeStage()
        let report = await runner.run(
            """
            local key = sp.ensure_sshkey{ name = "k", public_key = "ssh-ed25519 AAAAk" }
            local user = sp.find_sysuser{ name = "olive" }
            local keys, first = sp.ensure_sysuser_sshkey(user.id, key.id)
            local _, second = sp.ensure_sysuser_sshkey(user.id, key.id)
            return { count = #keys, first = first, second = second }
            """)
        #expect(report.result == ["count": 1, "first": "updated", "second": "unchanged"], "\(report)")
    }

    @Test(
        "invalid arguments are reported before any request",
        arguments: [
            "sp.add_domains(1, {})", #"sp.add_domains("x", {})"#, #"sp.add_domains("x", { 1 })"#,
            #"sp.remove_domains("x", { "a.example" }, { tmeout = "1s" })"#,
        ])
    func arguments(_ lua: String) async {
        let report = await RecipeStage().run(lua)
        #expect(report.failure?.site?.line == 1 && report.requests.isEmpty, "\(report)")
    }
}
