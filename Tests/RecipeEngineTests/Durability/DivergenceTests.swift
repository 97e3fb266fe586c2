import OrderedCollections
import RecipeEngine
import ServerPilot
import Testing

/// F6, in the small: a recipe that does something else than it did is stopped before anything new is sent.
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

    @Test("is stopped with both sides, and nothing is sent", arguments: changed.map(\.what))
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

    @Test("that catches every error cannot go on either")
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

    @Test("a corrected one goes on when it did the same so far and that was accepted")
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
}
