import Groundwork
import HTTPTypes
import LuaHost
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("A run")
struct RunTests {
    let runner = RecipeStage()

    @Test("sp.all returns results in order, and its waits overlap")
    func all() async {
        let report = await runner.run(
            """
            local results = sp.all{
                function() sp.sleep("3s") return "a" end,
                function() sp.sleep("1s") return nil end,
                function() sp.sleep("2s") return "c" end,
            }
            return { first = results[1], second = results[2] == nil, third = results[3] }
            """)
        #expect(report.result == ["first": "a", "second": true, "third": "c"])
        #expect(report.elapsed == .seconds(3))
    }

    @Test("sp.each respects its limit")
    func eachLimit() async {
        let report = await runner.run(
            """
            local running, most = 0, 0
            local doubled = sp.each({ 1, 2, 3, 4, 5, 6 }, function(n, index)
                assert(n == index)
                running = running + 1
                most = math.max(most, running)
                sp.sleep("10s")
                running = running - 1
                return n * 2
            end, { limit = 2 })
            return { most = most, doubled = doubled }
            """)
        #expect(report.result == ["doubled": [2, 4, 6, 8, 10, 12], "most": 2])
        #expect(report.elapsed == .seconds(30))
    }

    @Test("the first error cancels the other calls and names its item and line")
    func eachError() async {
        let report = await runner.run(
            """
            local reached = {}
            local ok, e = pcall(sp.each, { { name = "good" }, { name = "bad" } }, function(site)
                if site.name == "bad" then
                    sp.sleep("1s")
                    sp.create_app{}
                end
                sp.sleep("1h")
                table.insert(reached, site.name)
            end)
            assert(not ok)
            print(e.message)
            assert(e.item == 2 and e.code == "invalid_arguments" and #reached == 0)
            error(e)
            """)
        #expect(report.printed.first?.hasPrefix("item 2 (bad): test.lua:5: sp.create_app: 3 problems") == true)
        #expect(report.elapsed == .seconds(1))
        #expect(report.failure?.code == "invalid_arguments")
    }

    @Test("an error in sp.each points at the line of the item")
    func eachErrorSite() async {
        let report = await runner.run("sp.each({ 1 }, function()\n    sp.create_app{}\nend)")
        #expect(report.failure?.site?.line == 2)
        #expect(report.failure?.excerpt?.line == "    sp.create_app{}")
    }

    @Test("parameters, time, random numbers and logs come from the host")
    func surroundings() async {
        let report = await runner.run(
            """
            assert(sp.params.domain == "acme.example" and sp.params.missing == nil)
            assert(sp.time() == 1700000000)
            local n = sp.random(6)
            assert(n >= 1 and n <= 6)
            sp.log("hello") sp.warn("careful") print("out", 1, nil)
            return { n = n, m = math.random(1000) }
            """, parameters: ["domain": "acme.example"])
        #expect(report.failure == nil)
        #expect(report.printed == ["out\t1\tnil"])
        #expect(report.warnings == ["careful"])
        let again = await RecipeStage().run(
            "local n = sp.random(6) return { n = n, m = math.random(1000) }", parameters: [:])
        #expect(again.result == report.result)
    }

    @Test("a secret is generated once per name, redacted everywhere, and passed to its store")
    func secrets() async {
        let report = await runner.run(
            """
            local one, two = sp.secret("a"), sp.secret("a")
            assert(one == two and #one:reveal() == 24 and #sp.secret("b", { length = 40 }):reveal() == 40)
            assert(one ~= sp.secret("c"))
            print("it is " .. one)
            sp.log(one) sp.warn(one)
            sp.result{ password = one, text = "x" .. one .. "y" }
            error("oh " .. one)
            """)
        #expect(report.printed == ["it is <redacted>"])
        #expect(report.warnings == ["<redacted>"])
        #expect(report.failure?.message == "oh <redacted>")
        #expect(report.failure?.excerpt?.line.contains("error(\"oh") == true)
        #expect(report.secrets == ["a:24", "b:40", "c:24"])
    }

    @Test("a secret that cannot be stored is not returned to the recipe")
    func unkeptSecret() async {
        struct Full: Error {}
        let report = await runner.run(
            "local ok = pcall(sp.secret, 'a') print(ok) sp.secret('a')", keepSecret: { _, _ in throw Full() })
        #expect(report.printed == ["false"])
        #expect(report.failure?.code == "lua_error")
    }

    @Test("the result is the last value passed to sp.result, or the recipe's return value")
    func results() async {
        #expect(await runner.run("sp.result{ a = 1 } sp.result{ b = 2 } return { c = 3 }").result == ["b": 2])
        #expect(await runner.run("return { c = 3, list = {} }").result == ["c": 3, "list": []])
        #expect(await runner.run("return 5").result == 5)
        let report = await runner.run("return { f = print }")
        #expect(report.failure?.code == "bad_value")
    }

    @Test("secrets in the result are revealed only on request, otherwise redacted")
    func resultSecrets() async {
        let report = await runner.run(
            """
            local user = sp.create_sysuser{ serverid = sp.servers()[1].id, name = "acme", password = sp.secret("p") }
            return { password = sp.secret("p"), name = user.name }
            """)
        #expect(report.outcome?.redactedResult == ["name": "acme", "password": "<redacted>"])
        #expect(report.result?["password"]?.stringValue?.count == 24)
        #expect(report.outcome?.resultHoldsSecrets == true)
        let shown = report.outcome?.result.map { "\($0)" }
        #expect(shown == "<redacted>")
    }

    @Test(
        "failures of the recipe show the message, the line and the word",
        arguments: [
            ("local x = = 1", "syntax", "", "local x = = 1"),
            ("local server = 1\nprint(sevrer)", "lua_error", "did you mean 'server'?", "sevrer"),
            ("sp.create_ap{}", "lua_error", "did you mean 'create_app'?", "create_ap"),
            ("local t = nil\nprint(t.x)", "lua_error", "attempt to index a nil value", "t"),
            ("while true do end", "cpu_limit", "", "while true do end"),
            ("local t = {} for i = 1, 1e10 do t[i] = ('x'):rep(1e6) .. i end", "memory_limit", "", ""),
            (
                "table.sort({ 1, 2, 3 }, function() return sp.servers() end)", "lua_error", "cannot wait", ""
            ),
        ])
    func failures(lua: String, code: String, fragment: String, pointed: String) async {
        var limits = RunLimits()
        limits.lua.slice = .milliseconds(300)
        limits.lua.memory = 32 << 20
        let report = await runner.run(lua, limits: limits)
        #expect(report.failure?.code == code, "\(report.failure?.message ?? "no failure")")
        #expect(
            fragment.isEmpty || report.failure?.message.contains(fragment) == true, "\(report.failure?.message ?? "")")
        #expect(report.changes == [])
        if !pointed.isEmpty, let excerpt = report.failure?.excerpt {
            let characters = Array(excerpt.line)
            let word = String(characters[excerpt.column..<min(characters.count, excerpt.column + excerpt.width)])
            #expect(word == pointed)
        } else {
            #expect(pointed.isEmpty, "there is no excerpt")
        }
    }

    @Test("a cancelled run finishes the current change and starts no other")
    func cancelling() async {
        let requests = Recorder<String>()
        let runs = Recorder<RecipeRun>()
        let stopping = AlteredTransport(base: runner.serverPilot.transport) { request, response in
            requests.add("\(request.method) \(request.path)")
            if request.method == .post { for run in runs.take() { run.cancel() } }
            return response
        }
        let report = await runner.run(
            """
            local server = sp.find_server{ name = "www1" }
            pcall(sp.create_sysuser, { serverid = server.id, name = "acme" })
            pcall(sp.create_sysuser, { serverid = server.id, name = "second" })
            while true do pcall(sp.sleep, "1s") end
            """, transport: stopping, prepare: { runs.add($0) })
        #expect(report.failure?.code == "cancelled")
        // The list says what was there before.
        #expect(requests.take() == ["GET /servers", "GET /sysusers", "POST /sysusers"])
        #expect(report.failure?.summary.created == 1)
        #expect(runner.serverPilot.account.sysusers.values.contains { $0.name == "acme" })
    }

    @Test("a thousand concurrent waits end in the same order each time, quickly")
    func manyWaits() async {
        let recipe = """
            local order, list = {}, {}
            for i = 1, 1000 do list[i] = i end
            sp.each(list, function(i) sp.sleep((i * 7919) % 600) order[#order + 1] = i end)
            return { first = order[1], order = table.concat(order, " ") }
            """
        let first = await RecipeStage().run(recipe)
        let second = await RecipeStage().run(recipe)
        #expect(first.failure == nil)
        #expect(first.result == second.result)
        #expect(first.elapsed == .seconds(599))
    }
}
