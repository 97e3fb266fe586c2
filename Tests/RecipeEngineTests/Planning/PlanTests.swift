import Foundation
import Groundwork
import HTTPTypes
import LuaHost
import OrderedCollections
import RecipeEngine
import RecipePlanner
import ServerPilot
import ServerPilotSimulator
import Testing

/// What a plan says, and that nothing but GETs is sent for it.
@Suite("A plan")
struct PlanTests {
    private static let site = """
        local server = sp.find_server{ name = "www1" }
        local user, a1 = sp.create_sysuser{ serverid = server.id, name = "acme", password = sp.secret("user") }
        local app, a2 = sp.create_app{ name = "acmesite", sysuserid = user.id, runtime = "php8.4",
            domains = { "acme.example" } }
        sp.wait{ a1, a2 }
        local old = sp.find_app{ name = "oliveoil" }
        sp.wait((select(2, sp.update_app(old.id, { runtime = "php8.3" }))))
        sp.wait(sp.delete_app(sp.find_app{ name = "olivepress" }.id))
        return { id = app.id }
        """

    @Test("shows for each change the previous state, deleted resources and affected apps")
    func details() async throws {
        let planned = try await PlannedRunner(Self.site).plan()
        let plan = planned.plan
        #expect(plan.changes.map(\.operation) == ["create_sysuser", "create_app", "update_app", "delete_app"])
        let update = plan.changes[2]
        #expect(update.detail?.before?["runtime"] == "php7.4")
        #expect(update.detail?.server == "www1")
        #expect(update.detail?.neighbours == ["olivepress"])
        #expect(plan.changes[3].detail?.fallen.map { "\($0.kind) \($0.name)" } == ["db olivepress-wp"])
        #expect((plan.changes[0].detail?.work ?? .zero) > .seconds(1))
        #expect(plan.duration > .seconds(10))
        #expect(plan.count(.create) == 2 && plan.count(.update) == 1 && plan.count(.delete) == 1)
        #expect(plan.warnings.contains { $0.contains("bills") })
        #expect(plan.warnings.contains { $0.contains("PHP-FPM") })
        #expect(plan.madeUpIDs.values.contains("acmesite"))
        #expect(planned.requests == 5, "servers, sysusers, apps, dbs, and nothing twice: \(planned.requests)")
    }

    @Test("a resource deleted by a cascade is also missing when read by id")
    func fallen() async throws {
        let planned = try await PlannedRunner(
            """
            local app = sp.find_app{ name = "oliveoil" }
            sp.wait(sp.delete_sysuser(app.sysuserid))
            local ok, problem = pcall(sp.app, app.id)
            return { ok = ok, status = not ok and problem.status, left = #sp.apps() }
            """
        ).plan()
        #expect(planned.result?["ok"] == false && planned.result?["status"] == 404 && planned.result?["left"] == 0)
    }

    @Test("passes random numbers and secrets to the run that applies it")
    func draws() async throws {
        let runner = PlannedRunner(
            """
            local name = "r" .. sp.random(1000000) .. "x"
            sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = name, password = sp.secret("p") }
            return { name = name, password = sp.secret("p"), lua = math.random(1000000) }
            """)
        let planned = try await runner.plan()
        let outcome = try await runner.follow(planned.plan)
        let made = try #require(planned.plan.changes.first)
        #expect(outcome.result?.reveal()["name"] == made.arguments["name"])
        #expect(outcome.result?.reveal()["password"] == made.arguments["password"])
        #expect(outcome.result?.reveal()["lua"] == planned.result?["lua"])
    }

    @Test("stops the run before the first call that differs")
    func differs() async throws {
        for changed in [
            Self.site.replacing("php8.4", with: "php8.3"), Self.site.replacing("acme.example", with: "other.example"),
            "local s = sp.find_server{ name = \"www1\" } sp.create_sysuser{ serverid = s.id, name = \"other\" }",
        ] {
            let runner = PlannedRunner(Self.site)
            let plan = try await runner.plan().plan
            _ = runner.sent()
            let failure = await #expect(throws: RecipeFailure.self) { try await runner.follow(plan, lua: changed) }
            #expect(failure?.code == "plan_differs", "\(failure?.description ?? "")")
            #expect(runner.sent().filter { !$0.hasPrefix("GET") }.count <= 1)
        }
        let runner = PlannedRunner(Self.site)
        let plan = try await runner.plan().plan
        let short = await #expect(throws: RecipeFailure.self) { try await runner.follow(plan, lua: "return 1") }
        #expect(short?.code == "plan_differs")
    }

    @Test("a change in what the plan read makes it stale; other changes do not")
    func drift() async throws {
        let runner = PlannedRunner(Self.site)
        let plan = try await runner.plan().plan
        func call(_ name: ServerPilot.Operation.Name, _ arguments: JSONObject) async throws {
            _ = try await runner.serverPilot.transport.call(try #require(ServerPilot.Operation.named(name)), arguments)
        }
        let account = runner.serverPilot.account
        let www4 = try #require(account.servers.values.first { $0.name == "www4" }).id
        try await call("create_sysuser", ["serverid": .string(www4.rawValue), "name": "elsewhere"])
        try await call("create_sshkey", ["name": "k", "public_key": "ssh-rsa AA"])
        #expect(try await runner.planner.drift(of: plan) == [])
        let app = try #require(account.apps.values.first { $0.name == "oliveoil" }).id
        try await call("update_app", ["id": .string(app.rawValue), "runtime": "php8.1"])
        let moved = try await runner.planner.drift(of: plan)
        #expect(moved == [#"the app 'oliveoil': runtime changed from "php7.4" to "php8.1""#])
        try await call("create_sysuser", ["serverid": .string(account.servers.keys[0].rawValue), "name": "acme"])
        #expect(try await runner.planner.drift(of: plan).contains("the system user 'acme' is new"))
    }

    @Test("a new lastconn does not make a plan stale")
    func reports() async throws {
        let runner = PlannedRunner(
            """
            local server = sp.find_server{ name = "www1" }
            print(server.lastconn)
            sp.create_sysuser{ serverid = server.id, name = "acme" }
            """)
        let plan = try await runner.plan().plan
        let listing = try #require(ServerPilot.Operation.named("servers"))
        func lastconn() async throws -> JSONValue? {
            try await runner.serverPilot.transport.call(listing, [:]).data.arrayValue?.first?["lastconn"]
        }
        let before = try await lastconn()
        try await runner.clock.sleep(for: .seconds(600))
        #expect(try await lastconn() != before)
        #expect(try await runner.planner.drift(of: plan) == [])
    }

    @Test("a plan also depends on resources that its changes replace, even if the recipe never read them")
    func changedThings() async throws {
        let demo = PlannedRunner("").serverPilot.account
        let oliveoil = try #require(demo.apps.values.first { $0.name == "oliveoil" })
        let id = oliveoil.id.rawValue
        let owner = oliveoil.sysuserID.rawValue
        let edits: [(recipe: String, rival: ServerPilot.Operation.Name, JSONObject, moved: String)] = [
            (
                #"sp.update_app("\#(id)", { runtime = "php8.3" })"#, "update_app",
                ["id": .string(id), "runtime": "php8.1"],
                #"the app 'oliveoil': runtime changed from "php7.4" to "php8.1""#
            ),
            (
                #"sp.delete_app("\#(id)")"#, "create_db",
                ["appid": .string(id), "name": "rival", "user": ["name": "rival", "password": "longenough"]],
                "the database 'rival' is new"
            ),
            (
                #"sp.delete_sysuser("\#(owner)")"#, "create_db",
                ["appid": .string(id), "name": "rival", "user": ["name": "rival", "password": "longenough"]],
                "the database 'rival' is new"
            ),
            (
                #"sp.delete_sysuser("\#(owner)")"#, "create_app",
                ["sysuserid": .string(owner), "name": "rival", "runtime": "php8.3"], "the app 'rival' is new"
            ),
            (
                #"sp.delete_server("\#(oliveoil.serverID.rawValue)")"#, "create_sysuser",
                ["serverid": .string(oliveoil.serverID.rawValue), "name": "rival"], "the system user 'rival' is new"
            ),
        ]
        for (recipe, rival, arguments, moved) in edits {
            let runner = PlannedRunner(recipe)
            let plan = try await runner.plan().plan
            #expect(try await runner.planner.drift(of: plan) == [], "\(recipe)")
            _ = try await runner.serverPilot.transport.call(
                try #require(ServerPilot.Operation.named(rival)), arguments)
            #expect(try await runner.planner.drift(of: plan) == [moved], "\(recipe)")
        }
    }

    @Test("a recipe that fails on the copy fails in the plan")
    func failure() async throws {
        let runner = PlannedRunner("sp.servers()\nerror('no')")
        let failure = await #expect(throws: RecipeFailure.self) { try await runner.plan() }
        #expect(failure?.site?.line == 2)
    }

    @Test("limits stop the plan before the call that would exceed them")
    func limits() async throws {
        let runner = PlannedRunner(Self.site)
        for (limit, code) in [(RunLimits(creations: 1), "create_app"), (RunLimits(deletions: 0), "delete_app")] {
            let engine = RecipeEngine(
                transport: runner.serverPilot.transport, time: runner.clock, limits: limit, random: { 7 },
                events: { _ in })
            let failure = await #expect(throws: RecipeFailure.self) {
                try await engine.start(runner.source, parameters: [:]).finish()
            }
            #expect(failure?.code == "too_many_changes" && failure?.message.contains(code) == true, "\(code)")
            for user in runner.serverPilot.account.sysusers.values where user.name == "acme" {
                _ = try await runner.serverPilot.transport.call(
                    try #require(ServerPilot.Operation.named("delete_sysuser")), ["id": .string(user.id.rawValue)])
            }
        }
    }
}

extension RunLimits {
    fileprivate init(creations: Int? = nil, deletions: Int? = nil) {
        self.init()
        self.creations = creations
        self.deletions = deletions
    }
}
