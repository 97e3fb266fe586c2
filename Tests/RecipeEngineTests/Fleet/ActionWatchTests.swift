import Groundwork
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("Shared waiting")
struct ActionWatchTests {
    private func stage(_ seconds: Double) -> RecipeStage { RecipeStage(plan: .fixed(.seconds(seconds))) }

    private func polls(_ report: RunReport) -> Int { report.requests.count { $0.contains("/actions/") } }

    private static let start = """
        local server = sp.find_server{ name = "www1" }
        local _, first = sp.create_sysuser{ serverid = server.id, name = "first" }
        local _, second = sp.create_sysuser{ serverid = server.id, name = "second" }
        """

    @Test("several waits for the same actions look no more often than one, and all of them end")
    func shared() async {
        let one = await stage(20).run(Self.start + "\nsp.wait{ first, second }")
        let many = await stage(20).run(
            Self.start
                + """

                local ended = sp.each({ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, function(n)
                    return #sp.wait(n % 2 == 0 and { first, second } or { second, first, second })
                end)
                return { even = ended[2], odd = ended[1] }
                """)
        #expect(one.failure == nil && many.failure == nil)
        #expect(many.result == ["even": 2, "odd": 3])
        #expect(polls(many) == polls(one))
        #expect(many.events.count { if case .waited = $0 { true } else { false } } == 20)
    }

    @Test("a wait with a shorter time limit ends at its limit, also if another wait began to sleep for longer")
    func limits() async {
        let report = await stage(400).run(
            Self.start
                + """

                local ok, err
                sp.all{
                    function() sp.wait({ first, second }, { timeout = "30m" }) end,
                    function()
                        sp.sleep("1s")
                        local before = sp.time()
                        ok, err = pcall(sp.wait, second, { timeout = "7s" })
                        err = { code = err.code, took = sp.time() - before }
                    end,
                }
                return { ok = ok, code = err.code, took = err.took }
                """)
        #expect(report.failure == nil, "\(report)")
        #expect(report.result == ["code": "wait_timed_out", "ok": false, "took": 7], "\(report)")
        #expect(report.elapsed >= .seconds(800) && report.elapsed < .seconds(840))
    }

    @Test("after an error has cancelled all waits of a server, nothing looks at it any more")
    func cancelled() async {
        let report = await stage(60).run(
            Self.start
                + """

                pcall(sp.all, {
                    function() sp.wait(first) end,
                    function() sp.wait(second) end,
                    function() sp.sleep("30s") error("stop") end,
                })
                print("stopped")
                sp.sleep("10m")
                """)
        #expect(report.failure == nil && report.printed == ["stopped"])
        let before = RecipeStage.start + .seconds(30)
        #expect(report.records.filter { $0.path.contains("/actions/") }.allSatisfy { $0.time <= before }, "\(report)")
        #expect(polls(report) > 0)
    }

    @Test("an action that fails ends all waits that include it, and no others")
    func failing() async {
        let plan = ActionPlan { operation, _, _ in
            .init(duration: .seconds(10), outcome: operation == "create_sysuser" ? .error : .success)
        }
        let report = await RecipeStage(plan: plan).run(
            """
            local server = sp.find_server{ name = "www1" }
            local _, good = sp.update_server(server.id, { firewall = not server.firewall })
            local _, bad = sp.create_sysuser{ serverid = server.id, name = "bad" }
            local codes = sp.each({ { good }, { good, bad }, { bad } }, function(actions)
                local ok, err = pcall(sp.wait, actions)
                return ok and "ended" or err.code
            end)
            return { a = codes[1], b = codes[2], c = codes[3] }
            """)
        #expect(report.failure == nil, "\(report)")
        #expect(report.result == ["a": "ended", "b": "action_failed", "c": "action_failed"])
    }

    @Test("an action that ended while nobody waited is looked at once, and its duration is not measured")
    func interrupted() async {
        let report = await RecipeStage().run(
            """
            local server = sp.find_server{ name = "www1" }
            local _, action = sp.create_sysuser{ serverid = server.id, name = "late" }
            sp.sleep("1h")
            sp.wait(action)
            local user = sp.find_sysuser{ serverid = server.id, name = "late" }
            _, action = sp.create_app{ name = "next", sysuserid = user.id, runtime = "php8.4" }
            sp.wait(action)
            """)
        #expect(report.failure == nil)
        #expect(report.elapsed > .seconds(3600) && report.elapsed < .seconds(3600 + 90), "\(report.elapsed)")
    }

    @Test("three hundred concurrent waits in one queue need few polls each")
    func longQueue() async {
        let report = await RecipeStage().run(
            """
            local server = sp.find_server{ name = "www1" }
            local user = sp.ensure_sysuser{ serverid = server.id, name = "many" }
            local list = {}
            for i = 1, 300 do list[i] = "app" .. i end
            sp.each(list, function(name)
                local _, action = sp.create_app{ name = name, sysuserid = user.id, runtime = "php8.4" }
                sp.wait(action, { timeout = "20h" })
            end)
            """)
        #expect(report.failure == nil)
        #expect(polls(report) >= 300 && polls(report) <= 300 * 12, "\(polls(report)) polls")
    }
}
