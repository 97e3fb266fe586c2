import DurableSteps
import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

/// A recipe that does something else than it did is stopped before anything new is sent.
@Suite("A recipe that has changed")
struct DivergenceTests {
    private static let first = """
        local server = sp.find_server{ name = "www1" }
        local user = sp.create_sysuser{ serverid = server.id, name = "acme" }
        local app = sp.create_app{ name = "acmesite", sysuserid = user.id, runtime = "php8.4" }
        error("here it ends")
        """

    /// Each with what it does instead.
    static let changed: [(what: String, lua: String)] = [
        ("another name", first.replacing("\"acme\"", with: "\"other\"")),
        (
            "another order",
            """
            local server = sp.find_server{ name = "www1" }
            local other = sp.find_sysuser{ name = "olive" }
            local user = sp.create_sysuser{ serverid = server.id, name = "acme" }
            """
        ),
        (
            "another operation",
            first.replacing(
                "sp.create_app{ name = \"acmesite\", sysuserid = user.id, runtime = \"php8.4\" }",
                with: "sp.update_sysuser(user.id, { password = \"longenough\" })")
        ),
        (
            "one change less",
            """
            local server = sp.find_server{ name = "www1" }
            local user = sp.create_sysuser{ serverid = server.id, name = "acme" }
            """
        ),
        ("another runtime", first.replacing("php8.4", with: "php8.3")),
        ("nothing at all", "return 1"),
        ("in a coroutine of its own", "sp.all{ function() \(first) end }"),
    ]

    @Test("stops with both calls in the message, and sends nothing", arguments: changed.map(\.what))
    func stopped(_ what: String) async throws {
        let lua = try #require(Self.changed.first { $0.what == what }).lua
        let runner = DurableRunner(Self.first)
        let life = try await runner.live()
        #expect(life.failure?.message.contains("here it ends") == true)
        let before = runner.picture
        let second = try await runner.live(lua: lua)
        #expect(second.failure?.code == "recipe_changed", "\(second.failure?.description ?? "")")
        #expect(second.failure?.message.contains("test.lua:") == true || what == "nothing at all")
        #expect(second.posts == [])
        #expect(runner.picture == before)
    }

    @Test("that catches every error cannot continue")
    func uncatchable() async throws {
        let runner = DurableRunner(Self.first)
        _ = try await runner.live()
        let second = try await runner.live(
            lua:
                "pcall(sp.servers) while true do pcall(sp.create_sshkey, { name = 'x', public_key = 'ssh-rsa AA' }) end"
        )
        #expect(second.failure?.code == "recipe_changed")
        #expect(second.posts == [])
    }

    @Test("a corrected recipe continues if it made the same calls and the change was accepted")
    func accepted() async throws {
        let runner = DurableRunner(Self.first)
        _ = try await runner.live()
        let corrected = Self.first.replacing(
            #"error("here it ends")"#, with: #"sp.apps() return { app = app.name, user = user.name }"#)
        let second = try await runner.live(lua: corrected, acceptsRecipeChange: true)
        #expect(second.failure == nil, "\(second.failure?.description ?? "")")
        #expect(second.result == ["app": "acmesite", "user": "acme"])
        #expect(second.posts == [])
        let reads = "sp.servers() sp.apps() " + corrected
        let third = DurableRunner(Self.first)
        _ = try await third.live()
        let moved = try await third.live(lua: reads, acceptsRecipeChange: true)
        #expect(moved.failure?.code == "recipe_changed", "steps have moved")
    }

    @Test("the same recipe a hundred times raises no false alarm, secrets and times included")
    func noFalseAlarm() async throws {
        let lua = """
            local t, n, s = sp.time(), sp.random(1000000), sp.secret("x")
            local names = {}
            for _, server in ipairs(sp.servers()) do names[#names + 1] = server.name end
            sp.each({ 1, 2, 3 }, function(i) sp.sleep(i) names[#names + 1] = tostring(sp.random(100)) end)
            local user = sp.ensure_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "u" .. n }
            error(table.concat(names, " ") .. t .. n .. s .. user.id)
            """
        let runner = DurableRunner(lua)
        let first = try await runner.live()
        for _ in 1...100 {
            let again = try await runner.live()
            #expect(again.failure?.code == "lua_error", "\(again.failure?.description ?? "")")
            #expect(again.posts == [])
        }
        #expect(first.changes.count == 1)
    }

    @Test("concurrent results are replayed in the order in which they ended")
    func sideBySide() async throws {
        let runner = DurableRunner(
            """
            local server = sp.find_server{ name = "www1" }
            local order, drawn = {}, {}
            sp.each({ 9, 5, 1 }, function(seconds)
                sp.sleep(seconds .. "s")
                drawn[#drawn + 1] = math.random(1000000)
                order[#order + 1] = "after" .. seconds
            end)
            local ok, problem = pcall(sp.each, { "acme", "olive", "late" }, function(name)
                if name == "olive" then sp.sleep("1s") end
                return sp.create_sysuser{ serverid = server.id, name = name }
            end)
            for _, name in ipairs(order) do sp.create_sysuser{ serverid = server.id, name = name .. "-" .. drawn[1] } end
            error("here it ends")
            """)
        let first = try await runner.live()
        #expect(first.failure?.message.contains("here it ends") == true, "\(first.failure?.description ?? "")")
        #expect(first.changes.count == 5)
        let names = runner.picture.filter { $0.contains("after") }
        for _ in 0..<5 {
            let again = try await runner.live()
            #expect(again.failure?.message.contains("here it ends") == true, "\(again.failure?.description ?? "")")
            #expect(again.posts == [])
        }
        #expect(runner.picture.filter { $0.contains("after") } == names)
    }

    @Test("an item that was cancelled during a wait is cancelled again")
    func cutOff() async throws {
        let runner = DurableRunner(
            """
            local server = sp.find_server{ name = "www1" }
            pcall(sp.each, { 1, 2 }, function(n)
                if n == 1 then sp.sleep(5) error("broken") end
                for i = 1, 3 do sp.create_sysuser{ serverid = server.id, name = "cut" .. i } end
                sp.sleep(60)
            end)
            sp.create_sshkey{ name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" }
            """, faults: FaultPlan([try Fault(text: "create_sshkey:1=402")]))
        #expect(try await runner.live().failure?.code == "payment_required")
        let second = try await runner.live()
        #expect(second.failure == nil, "\(second.failure?.description ?? "")")
        #expect(second.changes == ["POST /sshkeys 200"])
    }

    @Test("a step that failed and later succeeded is replayed once")
    func failedBefore() async throws {
        let runner = DurableRunner(
            """
            local server = sp.find_server{ name = "www1" }
            sp.create_sysuser{ serverid = server.id, name = "one" }
            sp.apps()
            sp.create_sysuser{ serverid = server.id, name = "two" }
            error("here it ends")
            """,
            faults: FaultPlan([try Fault(text: "servers:1=402"), try Fault(text: "apps:1=402")]))
        for _ in 0..<2 { #expect(try await runner.live().failure?.code == "payment_required") }
        for _ in 0..<2 {
            let life = try await runner.live()
            #expect(life.failure?.message.contains("here it ends") == true, "\(life.failure?.description ?? "")")
        }
        #expect(runner.picture.count { $0.contains("/one ") || $0.contains("/two ") } == 2)
    }

    @Test("recorded results are awaited beside a coroutine with a long computation")
    func computing() async throws {
        let runner = DurableRunner(
            """
            local server = sp.find_server{ name = "www1" }
            sp.all{
                function()
                    for _ = 1, 3 do
                        local n = 0
                        for i = 1, 300000 do n = n + i % 7 end
                        sp.servers()
                    end
                    sp.create_sysuser{ serverid = server.id, name = "slow" }
                end,
                function() sp.create_sysuser{ serverid = server.id, name = "fast" } sp.sleep("1h") error("here it ends") end,
            }
            """)
        _ = try await runner.live()
        let again = try await runner.live()
        #expect(again.failure?.message.contains("here it ends") == true, "\(again.failure?.description ?? "")")
        #expect(again.posts == [])
    }

    @Test("an intent without outcome that the recipe no longer reaches stops the run before any request")
    func pendingIntent() async throws {
        func lua(_ names: String) -> String {
            """
            local server = sp.find_server{ name = "www1" }
            sp.each({ \(names) }, function(name) return sp.create_sysuser{ serverid = server.id, name = name } end)
            """
        }
        for moment in 4...14 {
            let runner = DurableRunner(lua(#""one", "two", "three""#))
            _ = try await runner.live(Fate(dyingAt: moment))
            let written = runner.store.commits.flatMap(\.self).filter { $0.kind == .intent }.count
            guard written == 3 else { continue }
            let before = runner.picture
            let second = try await runner.live(lua: lua(#""one", "two""#), acceptsRecipeChange: true)
            #expect(second.failure?.code == "recipe_changed", "\(moment): \(second.failure?.description ?? "")")
            #expect(second.posts == [] && runner.picture == before, "\(moment)")
        }
    }

    @Test("a rejected call is made again and may be corrected")
    func corrected() async throws {
        let broken = Self.first.replacing("php8.4", with: "php9.9")
        let runner = DurableRunner(broken)
        let first = try await runner.live()
        #expect(first.failure?.code == "bad_request", "\(first.failure?.description ?? "")")
        let second = try await runner.live(lua: Self.first, acceptsRecipeChange: true)
        #expect(second.failure?.message.contains("here it ends") == true, "\(second.failure?.description ?? "")")
        #expect(second.changes == ["POST /apps 200"])
        let server = DurableRunner(
            #"return sp.create_server{ name = "www9" }"#,
            faults: FaultPlan([try Fault(text: "create_server:first-6=402")]))
        for _ in 0..<6 {
            let life = try await server.live()
            #expect(life.failure?.code == "payment_required", "\(life.failure?.description ?? "")")
        }
        #expect(try await server.live().failure == nil)
    }

    @Test("another line in the log changes neither times nor random numbers")
    func logged() async throws {
        let lua = "local a, b = sp.time(), sp.random(1000000)\n" + Self.first
        let runner = DurableRunner(lua.replacing("error(", with: "error(a .. b .. "))
        let first = try await runner.live()
        let second = try await runner.live(
            lua: "sp.log('hello')\n" + lua.replacing("error(", with: "error(a .. b .. "), acceptsRecipeChange: true)
        #expect(second.posts == [])
        #expect(second.failure?.message.split(separator: ":").last == first.failure?.message.split(separator: ":").last)
    }
}
