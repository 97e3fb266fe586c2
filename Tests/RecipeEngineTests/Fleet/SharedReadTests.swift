import Groundwork
import HTTPTypes
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("Reads of a run")
struct SharedReadTests {
    private func run(_ lua: String, faults: String? = nil) async throws -> RunReport {
        let plan = try faults.map { try FaultPlan(bytes: Array($0.utf8)) } ?? FaultPlan()
        let stage = RecipeStage(plan: .fixed(.seconds(5)), faults: plan)
        let distant = FleetStage.Distant(
            base: stage.serverPilot.transport, time: stage.clock, latency: .milliseconds(80))
        return await stage.run(lua, transport: distant)
    }

    private func lists(_ report: RunReport, _ path: String) -> Int { report.requests.count { $0 == "GET \(path)" } }

    @Test("equal reads in flight are one request")
    func joined() async throws {
        let report = try await run(
            """
            local names = sp.each({ 1, 2, 3, 4, 5 }, function() return sp.servers()[1].name end)
            local one = sp.servers()[1]
            sp.each({ 1, 2, 3 }, function() sp.server(one.id) end)
            sp.server(one.id)
            return { first = names[1], last = names[5] }
            """)
        #expect(report.result == ["first": "www1", "last": "www1"])
        #expect(lists(report, "/servers") == 2)
        #expect(report.requests.count { $0.hasPrefix("GET /servers/") } == 2)
    }

    @Test("each of several reads in a row is answered anew, for all that make them side by side")
    func inARow() async throws {
        let report = try await run(
            "sp.each({ 1, 2, 3, 4, 5 }, function() for _ = 1, 4 do sp.servers() end end)")
        #expect(report.failure == nil)
        #expect(lists(report, "/servers") == 4)
    }

    /// A transport whose replies to reads are late: what they say is old when they arrive.
    private struct LateReads: Transport {
        let base: any Transport
        let time: any TimeSource

        func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
            let response = try await base.send(request)
            try? await time.sleep(for: .milliseconds(request.method == .get ? 500 : 50))
            return response
        }
    }

    @Test("a read sees each change that the run made before it, although an older read is in flight")
    func readYourWrites() async throws {
        let stage = RecipeStage()
        let report = await stage.run(
            """
            local server, seen = sp.find_server{ name = "www1" }
            sp.all{
                function() sp.server(server.id) end,
                function()
                    sp.update_server(server.id, { firewall = not server.firewall })
                    seen = sp.server(server.id).firewall
                end,
            }
            return { seen = seen ~= server.firewall }
            """, transport: LateReads(base: stage.serverPilot.transport, time: stage.clock))
        #expect(report.failure == nil, "\(report)")
        #expect(report.result == ["seen": true])
    }

    @Test("a read after a wait or a sleep does not join a read from before it")
    func readAfterSleep() async throws {
        let report = try await run(
            """
            sp.all{
                function() sp.sysusers() end,
                function() sp.sleep(0.05) sp.sysusers() end,
            }
            """)
        #expect(lists(report, "/sysusers") == 2)
    }

    @Test("a failed read fails for all that joined it, after one series of tries")
    func failing() async throws {
        let report = try await run(
            "return { #sp.each({ 1, 2, 3 }, function() local ok, err = pcall(sp.apps) return err.code end) }",
            faults: #"{ "faults": [ { "operation": "apps", "every": 1, "fault": "status", "status": 403 } ] }"#)
        #expect(report.failure == nil, "\(report)")
        #expect(lists(report, "/apps") == 1)
    }

    @Test("a create lists its kind once a minute at most, and never below a parent that the run made")
    func beforeImages() async throws {
        let fleet = try FleetStage(servers: 20, seed: 7)
        let figures = await fleet.run(count: 1000)
        #expect(figures.report.failure == nil, "\(figures)")
        #expect(figures.actions == 4000)
        #expect(figures.lists <= 4, "\(figures)")
        #expect(figures.makespan <= 1.05 && figures.requests <= 1.2, "\(figures)")
    }

    @Test("the second creation of a name below a parent of the run is refused, and not taken for the first")
    func sameNameTwice() async throws {
        let report = try await run(
            """
            local server = sp.find_server{ name = "www1" }
            local user = sp.create_sysuser{ serverid = server.id, name = "acme" }
            local app = sp.create_app{ name = "acme", sysuserid = user.id, runtime = "php8.4" }
            local ok, err = pcall(sp.create_app, { name = "acme", sysuserid = user.id, runtime = "php8.4" })
            return { ok = ok, code = err.code, apps = #sp.apps{ name = "acme" } }
            """)
        #expect(report.failure == nil, "\(report)")
        #expect(report.result == ["apps": 1, "code": "conflict", "ok": false])
    }

    @Test("after a lost reply, an app below a parent of the run is found, or created once")
    func lostReply() async throws {
        for kind in ["reply_lost", "closed"] {
            let report = try await run(
                """
                local server = sp.find_server{ name = "www1" }
                local user = sp.create_sysuser{ serverid = server.id, name = "acme" }
                local app = sp.create_app{ name = "acme", sysuserid = user.id, runtime = "php8.4" }
                return { apps = #sp.apps{ name = "acme" }, same = app.id == sp.find_app{ name = "acme" }.id }
                """, faults: #"{ "faults": [ { "operation": "create_app", "nth": 1, "fault": "\#(kind)" } ] }"#)
            #expect(report.failure == nil, "\(kind) \(report)")
            #expect(report.result == ["apps": 1, "same": true], "\(kind)")
        }
    }
}
