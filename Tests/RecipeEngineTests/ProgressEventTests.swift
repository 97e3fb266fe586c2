import Groundwork
import LuaHost
import RecipeEngine
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("Events about progress")
struct ProgressEventTests {
    private static func calls(_ report: RunReport) -> [RunEvent.Call] {
        report.events.compactMap { if case .running(let call) = $0 { call } else { nil } }
    }

    @Test("a wait reports its action, the server's name, the next look, the limit and the line")
    func wait() async throws {
        let stage = RecipeStage(plan: ActionPlan { _, _, _ in .init(duration: .seconds(60)) })
        let report = await stage.run(
            """
            local server = sp.find_server{ name = "www1" }
            local user, action = sp.create_sysuser{ serverid = server.id, name = "acme" }
            sp.wait(action, { timeout = "5m" })
            """)
        let waits = Self.calls(report).filter { $0.subject == "create_sysuser acme on www1" }
        let looks = waits.filter { $0.nextLook != nil }
        #expect(looks.count > 3 && waits.count > looks.count, "\(report.events)")
        #expect(
            looks.allSatisfy { $0.site?.line == 3 && $0.limit.map { $0 > .zero && $0 <= .seconds(300) } == true },
            "\(looks)")
        #expect(looks.first?.elapsed == .zero && looks.last?.elapsed ?? .zero > .seconds(50))
        #expect(Set(waits.map(\.id)).count == 1)
        #expect(Self.calls(report).contains { $0.subject == "sp.create_sysuser acme" && $0.site?.line == 2 })
    }

    @Test("every call that was reported returns, also one that fails")
    func returns() async throws {
        let report = await RecipeStage().run(
            """
            sp.each({ 1, 2, 3 }, function(i) sp.sleep(i) end)
            pcall(sp.app, "nobody")
            sp.sleep("1s")
            sp.delete_app("nobody")
            """)
        #expect(report.failure != nil)
        var open: Set<Int> = []
        for event in report.events {
            if case .running(let call) = event { open.insert(call.id) }
            if case .returned(let id) = event { #expect(open.remove(id) != nil) }
        }
        #expect(open.isEmpty)
    }

    @Test("a sleep reports its end, or the reason and the deadline from the recipe")
    func sleep() async throws {
        let report = await RecipeStage().run(
            """
            sp.sleep("90s")
            sp.sleep("2m", { reason = "AutoSSL of shop", gives_up = sp.time() + 3600 })
            """)
        #expect(report.failure == nil, "\(report)")
        let calls = Self.calls(report)
        let plain = try #require(calls.first { $0.end != nil })
        #expect(plain.subject == "sp.sleep" && plain.end == .seconds(90) && plain.nextLook == nil)
        let named = try #require(calls.first { $0.subject == "AutoSSL of shop" })
        #expect(named.nextLook == .seconds(120) && named.end == nil && named.site?.line == 2)
        let limit = try #require(named.limit)
        #expect(limit > .seconds(3590) && limit <= .seconds(3600))
    }

    @Test(
        "a sleep rejects unknown options",
        arguments: ["{ reason = 1 }", "{ gives_up = '1h' }", "{ other = 5 }", "7"])
    func wrongSleep(options: String) async {
        let report = await RecipeStage().run("sp.sleep(1, \(options))")
        #expect(report.failure?.code == "bad_argument", "\(report.failure?.code ?? "none")")
    }

    @Test("items report their names, and whether they returned, failed or were stopped")
    func items() async {
        let report = await RecipeStage().run(
            """
            sp.each({ "shop", { name = "wiki" }, ("x"):rep(200), 4 }, function(_, i)
                if i == 1 then return end
                sp.sleep(i)
                if i == 2 then error("no") end
            end)
            """)
        let items = report.events.compactMap { if case .item(let item) = $0 { item } else { nil } }
        #expect(items.allSatisfy { $0.count == 4 && $0.path.steps.count == 1 })
        #expect(items.filter { $0.state == .began }.map(\.label) == ["shop", "wiki", nil, nil])
        let ends = items.filter { $0.state != .began }.map { "\($0.index) \($0.state)" }
        #expect(ends == ["0 returned", "1 failed", "2 cancelled", "3 cancelled"], "\(ends)")
    }

    @Test("a call that starts items no longer counts as waiting")
    func nested() async {
        let report = await RecipeStage().run("sp.all{ function() sp.sleep(1) end, function() sp.sleep(2) end }")
        var open: [Int: String] = [:]
        for event in report.events {
            if case .running(let call) = event { open[call.id] = call.subject }
            if case .returned(let id) = event { open[id] = nil }
            if case .item(let item) = event, item.state == .began { #expect(!open.values.contains("sp.all")) }
        }
    }

    @Test("the subject of a wait contains no secret")
    func secrets() async {
        let report = await RecipeStage().run(
            #"sp.sleep(1, { reason = "the word " .. sp.secret("word"):reveal() })"#)
        let subjects = Self.calls(report).map(\.subject)
        #expect(
            report.failure == nil && subjects.contains("the word <redacted>"),
            "\(report.failure?.message ?? "") \(subjects)")
    }
}
