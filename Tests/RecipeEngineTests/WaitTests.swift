import Groundwork
import HTTPTypes
import LuaHost
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Synchronization
import Testing

@Suite("Waiting")
struct WaitTests {
    @Test("a wait ends when its action ends, with few polls")
    func pollsAdapt() async {
        let runner = RecipeStage(plan: ActionPlan { _, _, _ in .init(duration: .seconds(600)) })
        let report = await runner.run(
            """
            local server = sp.find_server{ name = "www1" }
            local user, action = sp.create_sysuser{ serverid = server.id, name = "acme" }
            local done = sp.wait(action, { timeout = "1h" })
            return { status = done.status }
            """)
        #expect(report.failure == nil)
        #expect(report.result?["status"] == "success")
        #expect(report.elapsed >= .seconds(600) && report.elapsed < .seconds(620))
        #expect(report.requests.count { $0.contains("/actions/") } < 60)
    }

    @Test("a reply about another action is ignored, and the action is polled again")
    func otherAction() async throws {
        let runner = RecipeStage(plan: ActionPlan { _, _, _ in .init(duration: .seconds(30)) })
        let number = Mutex(0)
        let transport = AlteredTransport(base: runner.serverPilot.transport) { request, response in
            let isEarly =
                request.path.hasPrefix("/actions/")
                && number.withLock { number in
                    number += 1
                    return number < 3
                }
            guard isEarly else { return response }
            let body = #"{"data":{"id":"another12345678","serverid":"s","status":"success","datecreated":1}}"#
            return WireResponse(status: .ok, body: Array(body.utf8))
        }
        let report = await runner.run(
            """
            local _, action = sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "acme" }
            local done = sp.wait(action)
            return { same = done.id == action }
            """, transport: transport)
        #expect(report.failure == nil && report.result?["same"] == true, "\(report)")
        #expect(report.elapsed >= .seconds(30))
    }

    @Test("replies that always describe another action raise an error")
    func alwaysOtherAction() async throws {
        let runner = RecipeStage()
        let transport = AlteredTransport(base: runner.serverPilot.transport) { request, response in
            guard request.path.hasPrefix("/actions/") else { return response }
            let body = #"{"data":{"id":"another12345678","serverid":"s","status":"success","datecreated":1}}"#
            return WireResponse(status: .ok, body: Array(body.utf8))
        }
        let report = await runner.run("sp.wait('mine123456789012')", transport: transport)
        #expect(report.failure?.code == "unreadable_reply", "\(report)")
        #expect(report.failure?.message.contains("the reply contains another12345678") == true, "\(report)")
    }

    @Test("the duration of the first action schedules the polls of the second")
    func durationsAreLearned() async {
        let runner = RecipeStage(plan: ActionPlan { _, _, _ in .init(duration: .seconds(30)) })
        let report = await runner.run(
            """
            local server = sp.find_server{ name = "www1" }
            for _, name in ipairs{ "first", "second" } do
                local _, action = sp.create_sysuser{ serverid = server.id, name = name }
                sp.wait(action)
                print(name)
            end
            """)
        #expect(report.failure == nil)
        let polls = report.requests.filter { $0.contains("/actions/") }
        let ids = OrderedSet(polls)
        #expect(ids.count == 2)
        #expect(polls.count { $0 == ids[1] } <= 2)
        #expect(polls.count { $0 == ids[0] } > polls.count { $0 == ids[1] })
    }

    @Test("waits for actions on different servers run concurrently")
    func serversSideBySide() async {
        let runner = RecipeStage(plan: ActionPlan { _, _, _ in .init(duration: .seconds(60)) })
        let report = await runner.run(
            """
            local actions = {}
            for _, server in ipairs(sp.servers()) do
                for _, name in ipairs{ "one", "two" } do
                    local _, action = sp.create_sysuser{ serverid = server.id, name = name .. "-user" }
                    table.insert(actions, action)
                end
            end
            return { count = #sp.wait(actions, { timeout = "10m" }) }
            """)
        #expect(report.result?["count"] == 4)
        #expect(report.elapsed >= .seconds(120) && report.elapsed < .seconds(150))
    }

    @Test("nil in a list of actions is skipped, and all other actions are waited for")
    func holesInLists() async {
        let runner = RecipeStage()
        let report = await runner.run(
            """
            local server = sp.find_server{ name = "www1" }
            local _, none = sp.update_server(server.id, { plan = server.plan })
            local _, action = sp.create_sysuser{ serverid = server.id, name = "acme" }
            local _, other = sp.create_sysuser{ serverid = server.id, name = "other" }
            local done = sp.wait{ none, action, nil, none, other, timeout = "10m" }
            return { first = done[1].id == action, second = done[2].id == other, count = #done, nothing = #sp.wait{} }
            """)
        #expect(report.failure == nil)
        #expect(report.result == ["count": 2, "first": true, "nothing": 0, "second": true])
    }

    @Test(
        "a resource passed to sp.wait is an error that shows the right call",
        arguments: ["sp.wait(user)", "sp.wait{ user }", "sp.wait{ action, user }"])
    func object(_ call: String) async {
        let report = await RecipeStage().run(
            """
            local server = sp.find_server{ name = "www1" }
            local user, action = sp.create_sysuser{ serverid = server.id, name = "acme" }
            \(call)
            """)
        #expect(report.failure?.message.contains("sp.wait takes the ids of actions, not a resource") == true)
        #expect(report.failure?.hint?.contains("local user, action = sp.create_sysuser{ … }") == true)
    }

    @Test("a list with too many actions is rejected before any poll")
    func tooMany() async {
        var limits = RunLimits()
        limits.waits = 3
        for list in ["{ 'a', 'b', 'c', 'd' }", "{ 'a', nil, 'c', [9] = 'x', [10] = 'y' }"] {
            let report = await RecipeStage().run("sp.wait(\(list))", limits: limits)
            #expect(
                report.failure?.message.contains(
                    "sp.wait takes at most 3 actions; wait for them in several calls") == true)
            #expect(report.requests == [], "\(report)")
        }
    }

    @Test("an action that ends in error raises an error that names its resource")
    func failedAction() async {
        let runner = RecipeStage(plan: ActionPlan { _, _, _ in .init(duration: .seconds(5), outcome: .error) })
        let report = await runner.run(
            """
            local server = sp.find_server{ name = "www1" }
            local _, action = sp.create_sysuser{ serverid = server.id, name = "acme" }
            sp.wait(action)
            """)
        #expect(report.failure?.code == RecipeError.actionFailed)
        #expect(report.failure?.message.contains("create_sysuser acme") == true)
        #expect(report.failure?.message.contains("ended in 'error'") == true)
        #expect(report.failure?.site?.line == 3)
    }

    @Test("an action that never ends raises an error at the timeout, with the server and the age")
    func neverEnds() async {
        let runner = RecipeStage()
        let report = await runner.run(
            """
            local server = sp.create_server{ name = "www9" }
            local _, action = sp.create_sysuser{ serverid = server.id, name = "acme" }
            sp.wait(action, { timeout = "5m" })
            """)
        #expect(report.failure?.code == RecipeError.waitTimedOut)
        #expect(report.failure?.message.contains("on server www9") == true)
        #expect(report.failure?.message.contains("timeout 5m") == true)
        #expect(report.failure?.hint?.contains("never connected") == true)
        #expect(report.elapsed >= .seconds(300) && report.elapsed < .seconds(301))
    }

    @Test("the default timeout is ten minutes")
    func defaultLimit() async {
        let runner = RecipeStage()
        let report = await runner.run("local _, action = sp.create_server{ name = 'www9' } sp.wait(action)")
        #expect(report.failure?.code == RecipeError.waitTimedOut)
        #expect(report.elapsed >= .seconds(600) && report.elapsed < .seconds(601))
    }

    @Test("a lost poll does not end a wait, but a deleted server does")
    func lostPolls() async {
        let runner = RecipeStage(plan: ActionPlan { _, _, _ in .init(duration: .seconds(60)) })
        let recipe = """
            local server = sp.find_server{ name = "www1" }
            local _, action = sp.create_sysuser{ serverid = server.id, name = NAME }
            sp.wait(action)
            """
        let polls = Recorder<Int>()
        let flaky = AlteredTransport(base: runner.serverPilot.transport) { request, response throws(ServerPilotError) in
            guard request.path.hasPrefix("/actions/") else { return response }
            polls.add(1)
            let count = polls.take().count
            for _ in 0..<count { polls.add(1) }
            if count % 3 != 0 { throw ServerPilotError(code: .connectionLost, message: "lost", delivery: .ambiguous) }
            return response
        }
        let first = await runner.run("NAME = 'one-user' " + recipe, transport: flaky)
        #expect(first.failure == nil)
        let dead = AlteredTransport(base: runner.serverPilot.transport) { request, response throws(ServerPilotError) in
            guard request.path.hasPrefix("/actions/") else { return response }
            throw ServerPilotError(code: .notConnected, message: "refused", delivery: .notSent)
        }
        let second = await runner.run("NAME = 'two-user' " + recipe, transport: dead)
        #expect(second.failure?.code == ServerPilotError.Code.notConnected.rawValue)
        #expect(second.elapsed < .seconds(60))
    }

    @Test(
        "an invalid duration is rejected",
        arguments: ["\"5\"", "\"-5s\"", "\"5 s\"", "-1", "0/0", "true", "\"2d\"", "\"5x\"", "{}"])
    func badDurations(text: String) async {
        let report = await RecipeStage().run("sp.sleep(\(text))")
        #expect(report.failure?.code == "bad_argument")
        #expect(report.elapsed == .zero)
    }

    @Test(
        "sleeping only takes virtual time", arguments: [("\"1h30m\"", 5400), ("90", 90), ("0.5", 0), ("\"250ms\"", 0)])
    func sleeping(text: String, seconds: Int64) async {
        let report = await RecipeStage().run("local t = sp.time() sp.sleep(\(text)) return { passed = sp.time() - t }")
        #expect(report.result?["passed"] == .integer(seconds))
    }
}
