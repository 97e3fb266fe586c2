import DurableSteps
import Groundwork
import LuaHost
import OrderedCollections
import RecipeEngine
import RecipePlanner
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Synchronization
import Testing

@Suite("sp.each for fleets", .timeLimit(.minutes(5)))
struct EachTests {
    // MARK: collect

    @Test("with collect, the other items run to their ends, and one error lists all failures")
    func collect() async {
        let report = await RecipeStage().run(
            """
            local ok, failure = pcall(sp.each, { { name = "www1" }, { name = "www9" }, { name = "www4" }, "four", 5 }, function(item, i)
                if i == 4 then error("no") end
                if i == 5 then sp.server("nothing") end
                return sp.find_server{ name = item.name }.name
            end, { collect = true })
            local lines = {}
            for _, e in ipairs(failure.errors) do
                lines[#lines + 1] = e.index .. " " .. (type(e.item) == "table" and e.item.name or tostring(e.item)) .. " " .. e.code
            end
            return { ok = ok, code = failure.code, count = failure.count, lines = lines, message = failure.message,
                first = failure.results[1], second = failure.results[2] == nil, third = failure.results[3] }
            """)
        #expect(report.failure == nil, "\(report)")
        let result = report.result
        #expect(result?["ok"] == false && result?["code"] == "items_failed" && result?["count"] == 5)
        #expect(result?["lines"] == ["2 www9 runtime", "4 four runtime", "5 5 not_found"], "\(result as Any)")
        #expect(result?["first"] == "www1" && result?["second"] == true && result?["third"] == "www4")
        let message = result?["message"]?.stringValue ?? ""
        #expect(message.hasPrefix("3 of 5 items failed:\nitem 2 (www9): test.lua:4: "), "\(message)")
        #expect(message.contains("\nitem 4 (four): ") && message.contains("\nitem 5: "), "\(message)")
    }

    @Test("an uncaught collected error has its own code, and shows the line of the first failed item")
    func uncaught() async {
        let report = await RecipeStage().run(
            """
            sp.each({ 1, 2, 3, 4, 5 }, function(i)
                sp.sleep("1s")
                if i > 1 then
                    error("bad " .. i)
                end
            end, { collect = true })
            """)
        #expect(report.failure?.code == "items_failed", "\(report)")
        #expect(report.failure?.site?.line == 4)
        #expect(report.failure?.message.contains("4 of 5 items failed") == true)
        #expect(report.failure?.message.hasSuffix("\nand 1 more") == true, "\(report.failure?.message ?? "")")
    }

    @Test("collect works with sp.all, and returns the results if nothing fails")
    func all() async {
        let report = await RecipeStage().run(
            """
            local both = sp.all({ function() return 1 end, function() sp.sleep(1) return 2 end }, { collect = true, limit = 1 })
            local ok, failure = pcall(sp.all, { function() error("x") end, function() return 2 end }, { collect = true })
            return { both = both, n = #failure.errors, index = failure.errors[1].index, second = failure.results[2] }
            """)
        #expect(report.result == ["both": [1, 2], "index": 1, "n": 1, "second": 2], "\(report)")
    }

    // MARK: by

    @Test("with by, items of one key run one at a time in their order, and those of others beside them")
    func by() async {
        let report = await RecipeStage().run(
            """
            local at, most, now, order = {}, 0, 0, {}
            sp.each({ "a1", "a2", "b1", "a3", "b2", "c1" }, function(item)
                local key = item:sub(1, 1)
                if at[key] then error("two of " .. key) end
                at[key], now = true, now + 1
                most = math.max(most, now)
                order[#order + 1] = item
                sp.sleep("10s")
                at[key], now = nil, now - 1
            end, { by = function(item) return item:sub(1, 1) end })
            return { most = most, order = order }
            """)
        #expect(report.result == ["most": 3, "order": ["a1", "b1", "c1", "a2", "b2", "a3"]], "\(report)")
        #expect(report.elapsed == .seconds(30))
    }

    @Test("limit applies beside by, and a key may need a request")
    func limit() async {
        let report = await RecipeStage().run(
            """
            local now, most = 0, 0
            local names = sp.each(sp.apps(), function(app)
                now = now + 1
                most = math.max(most, now)
                sp.sleep("1s")
                now = now - 1
                return app.name
            end, { limit = 2, by = function(app) return sp.app(app.id).name end })
            local all = {}
            for i, app in ipairs(sp.apps()) do all[i] = app.name end
            return { most = most, same = table.concat(all, " ") == table.concat(names, " ") }
            """)
        #expect(report.result == ["most": 2, "same": true], "\(report)")
    }

    @Test(
        "options are checked",
        arguments: [
            ("{ by = 'serverid' }", "by must be a function"), ("{ collect = 1 }", "collect must be true or false"),
            ("{ limit = 0 }", "limit must be an integer of at least 1"),
            ("{ By = print }", "unknown option 'By'"), ("{ by = function() end }", "for item 1 it returned nil"),
        ])
    func options(_ options: String, _ message: String) async {
        let report = await RecipeStage().run("sp.each({ 1 }, function() end, \(options))")
        #expect(report.failure?.message.contains(message) == true, "\(report)")
    }

    // MARK: Fleets

    @Test("10,000 items with a limit have no more coroutines at once than that")
    func many() async {
        let report = await RecipeStage().run(
            """
            local list, now, most, sum = {}, 0, 0, 0
            for i = 1, 10000 do list[i] = i end
            local results = sp.each(list, function(i)
                now = now + 1
                most = math.max(most, now)
                sp.sleep(1)
                now = now - 1
                return i
            end, { limit = 50, by = function(i) return i % 200 end, collect = true })
            for _, i in ipairs(results) do sum = sum + i end
            return { most = most, sum = sum }
            """)
        #expect(report.result == ["most": 50, "sum": 50_005_000], "\(report.failure?.description ?? "")")
        #expect(report.elapsed == .seconds(200))
    }

    @Test("without collect, a failure ends the waits of the others at once, and nothing more is sent")
    func cancels() async {
        let stage = RecipeStage(faults: FaultPlan([try! Fault(text: "create_sshkey:1=402")]))
        let report = await stage.run(
            """
            sp.each({ 1, 2, 3, 4 }, function(i)
                if i == 1 then sp.create_sshkey{ name = "one", public_key = "ssh-rsa AAAA1" } end
                sp.sleep(i == 2 and "1h" or 0)
                sp.create_sshkey{ name = "k" .. i, public_key = "ssh-rsa AAAA" .. i }
            end, { limit = 2 })
            """)
        #expect(report.failure?.message.contains("item 1") == true, "\(report)")
        #expect(report.changes.count <= 1, "\(report.exchanges)")
        #expect(report.elapsed < .seconds(60))
    }

    // MARK: Crashes

    private static let fleet = """
        local list, number = {}, 0
        for i = 1, 8 do list[i] = { name = "site" .. i, key = i % 3 } end
        local server = sp.find_server{ name = "www4" }
        sp.each(list, function(item)
            -- The name depends on the order in which the items start.
            number = number + 1
            local mine = number
            local user, a1 = sp.create_sysuser{ serverid = server.id, name = item.name .. "n" .. mine }
            sp.wait(a1)
            local app, a2 = sp.create_app{ name = item.name, sysuserid = user.id, runtime = "php8.4" }
            sp.wait(a2)
        end, { limit = 2, by = function(item) return item.key end, collect = true })
        """

    @Test("a plan of it has each change, and applying the plan makes exactly these")
    func plan() async throws {
        let lua = Self.fleet.replacing("number = number + 1\n", with: "number = item.name\n")
        let runner = PlannedRunner(lua)
        let plan = try await runner.plan().plan
        #expect(plan.count(.create) == 16 && plan.changes.count == 16)
        let outcome = try await runner.follow(plan)
        #expect(outcome.summary.created == 16)
        #expect(try await runner.plan(Self.failing).plan.changes.isEmpty)
    }

    /// A recipe whose items fail, which changes nothing.
    private static let failing = """
        pcall(sp.each, { 1, 2 }, function(i) error(i) end, { collect = true, by = function() return 1 end })
        """

    /// Expects each site once, each with a user of its own.
    private static func expectFleet(_ runner: DurableRunner, _ words: String) {
        let apps = runner.serverPilot.account.apps.values.filter { $0.name.hasPrefix("site") }
        let users = runner.serverPilot.account.sysusers.values.filter { $0.name.hasPrefix("site") }
        #expect(apps.map(\.name).sorted() == (1...8).map { "site\($0)" }, "\(words): \(runner.picture)")
        #expect(users.count == 8 && Set(apps.map(\.sysuserID)).count == 8, "\(words): \(runner.picture)")
    }

    @Test("one at a time, a failed item is tried again after the others, and its own steps are not repeated")
    func retried() async throws {
        let lua = """
            local server, order = sp.find_server{ name = "www4" }, {}
            sp.each({ "one", "two", "three" }, function(name)
                order[#order + 1] = name
                local user = sp.create_sysuser{ serverid = server.id, name = name }
                sp.create_app{ name = name, sysuserid = user.id, runtime = "php8.4" }
            end, { limit = 1, collect = true })
            return order
            """
        let runner = DurableRunner(lua, faults: FaultPlan([try Fault(text: "create_app:1=402")]))
        let first = try await runner.live()
        #expect(first.failure?.code == "items_failed", "\(first.failure?.description ?? "done")")
        #expect(first.changes.count == 5)
        let second = try await runner.live()
        #expect(second.failure == nil, "\(second.failure?.description ?? "")")
        #expect(second.changes == ["POST /apps 200"], "\(second.requests)")
        #expect(second.result == ["one", "two", "three"])
    }

    @Test("with by, limit and collect dies at each moment, and is resumed to the same account")
    func crashes() async throws {
        let (whole, fate) = (DurableRunner(Self.fleet), Fate())
        #expect(try await whole.live(fate).failure == nil)
        for moment in 1...fate.moments {
            let runner = DurableRunner(Self.fleet)
            let first = try await runner.live(Fate(dyingAt: moment))
            if first.failure == nil { continue }
            let second = try await runner.live()
            #expect(second.failure == nil, "\(moment): \(second.failure?.description ?? "")")
            Self.expectFleet(runner, "\(moment)")
        }
    }

    @Test("failed items are tried again by a resume, behind all others, also after crashes at random moments")
    func retries() async throws {
        var random = TestRandom("each with failures")
        for round in 1...60 {
            let words = "seed \(random.seed), round \(round)"
            // Some of the first creations are refused, for good or until the resume.
            let faults = try (0..<Int(1 + random.next() % 3)).map { _ in
                try Fault(
                    text: "\(["create_app", "create_sysuser"][Int(random.next() % 2)]):\(1 + random.next() % 8)=402")
            }
            let runner = DurableRunner(Self.fleet, faults: FaultPlan(faults))
            var life = try await runner.live(
                random.next() % 2 == 0 ? Fate() : Fate(dyingAt: 5 + Int(random.next() % 60)))
            // The last lives are whole, so that a failure is not that of a process that died.
            for number in 0..<8 where life.failure != nil {
                #expect(life.failure?.code != "recipe_changed", "\(words): \(life.failure?.description ?? "")")
                let fate = random.next() % 3 == 0 && number < 5 ? Fate(dyingAt: 1 + Int(random.next() % 40)) : Fate()
                life = try await runner.live(fate)
            }
            #expect(life.failure == nil, "\(words): \(life.failure?.description ?? "")")
            Self.expectFleet(runner, words)
        }
    }
}
