import Groundwork
import HTTPTypes
import OrderedCollections
import RecipeEngine
import RecipePlanner
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Synchronization
import Testing

/// Plans of recipes that decide by what only time tells.
@Suite("A plan with branches")
struct PlanBranchTests {
    private static let late: Duration = .seconds(10_000 * 86_400)

    /// Makes a site and turns AutoSSL on if it is available by then.
    private static let site = """
        local server = sp.find_server{ name = "www1" }
        local user = sp.ensure_sysuser{ serverid = server.id, name = "acme", password = sp.secret("user") }
        local app = sp.ensure_app{ name = "acme", sysuserid = user.id, runtime = "php8.4", domains = { "acme.example" } }
        local state = sp.app(app.id)
        if not state.ssl and state.autossl.available then
            sp.ensure_ssl{ appid = app.id, auto = true, force = true }
        end
        return { app = app.name }
        """

    private static func sites(_ names: [String]) -> String {
        """
        local server = sp.find_server{ name = "www1" }
        for _, name in ipairs{ \(names.map { "\"\($0)\"" }.joined(separator: ", ")) } do
            local user = sp.ensure_sysuser{ serverid = server.id, name = name, password = sp.secret(name) }
            local app = sp.ensure_app{
                name = name, sysuserid = user.id, runtime = "php8.4", domains = { name .. ".example" } }
            if sp.app(app.id).autossl.available then
                sp.ensure_ssl{ appid = app.id, auto = true, force = true }
            end
        end
        """
    }

    /// A runner on whose account AutoSSL does not become available by itself.
    private static func runner(_ lua: String) -> PlannedRunner {
        let runner = PlannedRunner(lua)
        runner.serverPilot.change { account, _ in account.settings.autoSSLDelay = late }
        return runner
    }

    /// Lets AutoSSL be available for apps of these names alone, whenever one of them is read.
    private static func transport(_ runner: PlannedRunner, available names: Set<String>) -> any Transport {
        ChoosingTransport(base: runner.changeLog, serverPilot: runner.serverPilot, available: names, late: late)
    }

    @Test("shows the changes that depend on AutoSSL, and the changes made in any case")
    func shown() async throws {
        let plan = try await Self.runner(Self.site).plan().plan
        #expect(plan.changes.map(\.operation) == ["create_sysuser", "create_app"])
        #expect(plan.branches.count == 1, "\(plan.branches)")
        let branch = try #require(plan.branches.first)
        #expect(branch.changes.map(\.operation) == ["enable_autossl", "force_ssl"])
        #expect(branch.conditions.map(\.words) == ["AutoSSL is available for the app 'acme'"])
        #expect(branch.before == 2 && branch.replaces == 0 && branch.failure == nil)
        #expect(branch.changes.allSatisfy { $0.detail != nil })
        #expect(plan.assumptions == [])
        #expect(plan.hasChanges && plan.canHaveChanges && plan.count(.update) == 0)
    }

    @Test("can be applied whenever AutoSSL becomes available, before or during the run")
    func everyMoment() async throws {
        let first = Self.runner(Self.site)
        _ = first.sent()
        _ = try await first.follow(try await first.plan().plan)
        let requests = first.sent().count
        var enabled = 0
        for moment in 0...requests {
            let runner = Self.runner(Self.site)
            let plan = try await runner.plan().plan
            _ = runner.sent()
            _ = try await runner.follow(
                plan,
                transport: MomentTransport(base: runner.changeLog, serverPilot: runner.serverPilot, moment: moment))
            let changes = runner.changeLog.changes.count
            #expect(changes == 2 || changes == 4, "\(moment): \(runner.changeLog.changes)")
            enabled += changes == 4 ? 1 : 0
        }
        #expect(enabled > 0 && enabled < requests)
    }

    @Test("has one branch per app, in any combination", arguments: 0..<8)
    func composed(_ subset: Int) async throws {
        let names = ["one", "two", "three"]
        let runner = Self.runner(Self.sites(names))
        let plan = try await runner.plan().plan
        #expect(plan.branches.count == 3, "\(plan.branches)")
        #expect(plan.branches.allSatisfy { $0.changes.count == 2 && $0.replaces == 0 })
        #expect(plan.assumptions == [])
        let available = Set(names.enumerated().filter { subset & (1 << $0.offset) != 0 }.map(\.element))
        _ = try await runner.follow(plan, transport: Self.transport(runner, available: available))
        #expect(runner.changeLog.changes.count == 6 + 2 * available.count)
    }

    @Test("requires a run to follow the branch that matches its reads")
    func held() async throws {
        let runner = Self.runner(Self.site)
        let plan = try await runner.plan().plan
        for (available, lua) in [
            (true, Self.site.replacing("force = true", with: "force = nil")),
            (true, Self.site.replacing("and state.autossl.available", with: "and false")),
            (false, Self.site.replacing("and state.autossl.available", with: "and sp.app(app.id).autossl")),
        ] {
            let runner = Self.runner(Self.site)
            let failure = await #expect(throws: RecipeFailure.self, "\(available) \(lua)") {
                try await runner.follow(
                    plan, lua: lua, transport: Self.transport(runner, available: available ? ["acme"] : []))
            }
            #expect(["plan_differs", "autossl_unavailable"].contains(failure?.code), "\(failure?.description ?? "")")
        }
    }

    @Test("shows two facts together if one change depends on both")
    func together() async throws {
        let lua =
            Self.sites(["one", "two"]) + """

                local both = true
                for _, name in ipairs{ "one", "two" } do
                    both = both and sp.app(sp.find_app{ name = name }.id).autossl.available
                end
                if both then sp.ensure_sysuser{ serverid = server.id, name = "both" } end
                """
        for available in [[], ["one"], ["two"], ["one", "two"]] as [Set<String>] {
            let runner = Self.runner(lua)
            let plan = try await runner.plan().plan
            #expect(plan.assumptions == [], "\(plan.branches)")
            _ = try await runner.follow(plan, transport: Self.transport(runner, available: available))
            let made = runner.changeLog.changes.contains { $0.contains("\"both\"") }
            #expect(made == (available.count == 2), "\(available) \(runner.changeLog.changes)")
        }
    }

    @Test("has no branches if no change depends on the reads")
    func collapsed() async throws {
        let lua = """
            local app = sp.find_app{ name = "oliveoil" }
            while not sp.app(app.id).autossl.available do sp.sleep("1m") end
            sp.ensure_ssl{ appid = app.id, auto = true }
            """
        let runner = Self.runner(lua)
        let plan = try await runner.plan().plan
        #expect(plan.changes.map(\.operation) == ["enable_autossl"])
        #expect(plan.branches == [])
    }

    @Test("says in which case the recipe fails")
    func failing() async throws {
        let lua = """
            local app = sp.find_app{ name = "oliveoil" }
            if not sp.app(app.id).autossl.available then error("no AutoSSL yet") end
            sp.ensure_ssl{ appid = app.id, auto = true }
            """
        let plan = try await Self.runner(lua).plan().plan
        #expect(plan.changes.map(\.operation) == ["enable_autossl"])
        let branch = try #require(plan.branches.first)
        #expect(branch.conditions.map(\.words) == ["AutoSSL is not available for the app 'oliveoil'"])
        #expect(branch.changes == [] && branch.replaces == 1)
        #expect(branch.failure?.contains("no AutoSSL yet") == true)
    }

    @Test("says in which case the recipe fails after its changes, and fails if a server never connected")
    func failingAtTheEnd() async throws {
        let waits = """
            local app = sp.app(sp.find_app{ name = "oliveoil" }.id)
            for _ = 1, 2 do
                if app.autossl.available then return end
                sp.sleep("1m")
                app = sp.app(app.id)
            end
            error("not in time")
            """
        let plan = try await Self.runner(waits).plan().plan
        #expect(plan.changes == [] && plan.branches.count == 1, "\(plan.branches)")
        #expect(plan.branches.first?.failure?.contains("not in time") == true)
        let seed = try AccountSeed(["servers": [["name": "www2", "connected": false]]])
        var random = SeededRandom(seed: 3)
        let account = try seed.account(at: RecipeStage.start, random: &random)
        let connected = "if not sp.find_server{ name = 'www2' }.lastconn then error('run the installer') end"
        let failure = await #expect(throws: RecipeFailure.self) {
            try await PlannedRunner(connected, account: account).plan()
        }
        #expect(failure?.message.contains("run the installer") == true)
    }

    @Test("has a branch for a server that connects later, and is not stale when it does")
    func connection() async throws {
        let lua = """
            local server = sp.find_server{ name = "www2" }
            if server.lastconn then sp.ensure_sysuser{ serverid = server.id, name = "acme" } end
            return { address = server.lastaddress }
            """
        let seed = try AccountSeed([
            "servers": [["name": "www1"], ["name": "www2", "connected": false]]
        ])
        var random = SeededRandom(seed: 3)
        let account = try seed.account(at: RecipeStage.start, random: &random)
        for connects in [false, true] {
            let runner = PlannedRunner(lua, account: account)
            let plan = try await runner.plan().plan
            #expect(plan.changes == [] && !plan.hasChanges && plan.canHaveChanges)
            #expect(plan.branches.map { $0.changes.map(\.operation) } == [["create_sysuser"]])
            #expect(plan.branches.first?.conditions.map(\.words) == ["the server 'www2' has connected"])
            let www2 = try #require(account.servers.values.first { $0.name == "www2" }).id
            if connects { runner.serverPilot.connect(www2) }
            #expect(try await runner.planner.drift(of: plan) == [])
            _ = try await runner.follow(plan)
            #expect(runner.changeLog.changes.count == (connects ? 1 : 0))
        }
    }

    @Test("is not stale when AutoSSL of an existing app becomes available")
    func drift() async throws {
        let lua = """
            local app = sp.app(sp.find_app{ name = "oliveoil" }.id)
            if app.autossl.available then sp.ensure_ssl{ appid = app.id, auto = true } end
            """
        let runner = PlannedRunner(lua)
        runner.serverPilot.change { account, _ in
            account.settings.autoSSLDelay = Self.late
        }
        let plan = try await runner.plan().plan
        #expect(plan.changes == [] && plan.branches.count == 1, "\(plan.changes) \(plan.branches)")
        runner.serverPilot.change { account, _ in account.settings.autoSSLDelay = .zero }
        #expect(try await runner.planner.drift(of: plan) == [])
        _ = try await runner.follow(plan)
        #expect(runner.changeLog.changes.count == 1)
    }

    @Test("reads each list of the account once, however often the recipe is tried")
    func reads() async throws {
        let runner = Self.runner(Self.sites(["one", "two", "three"]))
        let planned = try await runner.plan()
        let sent = runner.sent()
        #expect(sent.allSatisfy { $0.hasPrefix("GET ") } && Set(sent).count == sent.count, "\(sent)")
        #expect(planned.requests == sent.count)
    }

    @Test("says if it did not try all branches")
    func cutOff() async throws {
        let plan = try await Self.runner(Self.sites((1...9).map { "site\($0)" })).plan().plan
        #expect(plan.branches.count == 9)
        #expect(plan.assumptions.contains { $0.contains("were not tried") }, "\(plan.assumptions)")
    }

    @Test("can be read back, also in the earlier format without branches")
    func document() async throws {
        var plan = try await Self.runner(Self.sites(["one", "two"])).plan().plan
        #expect(try Plan(document: plan.document).document == plan.document)
        plan.branches = []
        var earlier = try #require(plan.document.objectValue)
        earlier["branches"] = nil
        earlier["format_version"] = 1
        #expect(try Plan(document: .object(earlier)).document == plan.document)
        var newer = earlier
        newer["format_version"] = .integer(Plan.formatVersion + 1)
        #expect(throws: Plan.DocumentError.newer(Plan.formatVersion + 1)) { try Plan(document: .object(newer)) }
        var broken = earlier
        broken["branches"] = [["line": "", "parent": 0, "before": 0, "replaces": 0]]
        #expect(throws: Plan.DocumentError.malformed("branches")) { try Plan(document: .object(broken)) }
    }
}

/// Lets AutoSSL become available for all apps at one request.
struct MomentTransport: Transport {
    let base: any Transport
    let serverPilot: SimulatedServerPilot
    /// At which request, counted from 0.
    let moment: Int
    private let requests = Recorder<Int>()

    init(base: any Transport, serverPilot: SimulatedServerPilot, moment: Int) {
        (self.base, self.serverPilot, self.moment) = (base, serverPilot, moment)
    }

    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        let number = requests.count
        requests.add(number)
        if number == moment { serverPilot.change { account, _ in account.settings.autoSSLDelay = .zero } }
        return try await base.send(request)
    }
}

/// Lets AutoSSL be available for some apps and not for others.
private struct ChoosingTransport: Transport {
    let base: any Transport
    let serverPilot: SimulatedServerPilot
    let available: Set<String>
    let late: Duration

    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        let parts = request.path.split(separator: "/").map(String.init)
        if let place = parts.firstIndex(of: "apps"), parts.count > place + 1 {
            let id = AppID(parts[place + 1])
            let late = late
            let isAvailable = serverPilot.account.apps[id].map { available.contains($0.name) } ?? false
            serverPilot.change { account, _ in account.settings.autoSSLDelay = isAvailable ? .zero : late }
        }
        return try await base.send(request)
    }
}
