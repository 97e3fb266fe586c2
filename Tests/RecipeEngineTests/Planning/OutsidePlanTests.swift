import Groundwork
import OrderedCollections
import RecipePlanner
import ServerPilot
import Testing

@testable import RecipeEngine

@Suite("A plan with changes outside the account", .timeLimit(.minutes(2)))
struct OutsidePlanTests {
    private static func runner(_ world: OuterWorld, _ lua: String) -> PlannedRunner {
        PlannedRunner(lua, surroundings: world.surroundings())
    }

    private static let machine = """
        local id = outer.change("make", "raised", "planned-id")
        outer.change("start " .. id, "repeatable")
        local server = sp.find_server{ name = "www1" }
        sp.create_sysuser{ serverid = server.id, name = "u" .. id:sub(-2) }
        sp.each({ "a", "b" }, function(name) outer.change("tag " .. id .. " " .. name, "repeatable") end)
        return { id = id }
        """

    @Test("shows them in order, and sends no external request")
    func shown() async throws {
        let world = OuterWorld()
        let plan = try await Self.runner(world, Self.machine).plan().plan
        #expect(world.tries.isEmpty)
        #expect(
            plan.changes.map(\.words) == [
                "outer.change make at test.lua:1", "outer.change start planned-id at test.lua:2",
                "sp.create_sysuser uid at test.lua:4", "outer.change tag planned-id a at test.lua:5",
                "outer.change tag planned-id b at test.lua:5",
            ])
        #expect(plan.countOutside == 4 && plan.count(.create) == 1 && plan.hasChanges)
    }

    @Test("can be written and read back")
    func document() async throws {
        let lua = Self.machine + "\n-- read\n"
        let plan = try await Self.runner(OuterWorld(), "outer.read('state', 'new')\n" + lua).plan().plan
        #expect(plan.declared == [DeclaredAnswer(operation: "outer.read", object: "state", value: "new")])
        #expect(try Plan(document: plan.document) == plan)
    }

    @Test("is applied with real replies instead of the declared ones")
    func followed() async throws {
        let world = OuterWorld()
        let runner = Self.runner(world, Self.machine)
        let plan = try await runner.plan().plan
        world.answer("make", "m-47id")
        let outcome = try await runner.follow(plan)
        #expect(outcome.result?.reveal() == ["id": "m-47id"])
        #expect(world.done.sorted() == ["make", "start m-47id", "tag m-47id a", "tag m-47id b"])
        #expect(outcome.summary.outside == 4)
    }

    @Test("stops a run that makes a different change, before the change")
    func differs() async throws {
        for (planned, now) in [
            ("outer.change('one', 'raised')", "outer.change('other', 'raised')"),
            ("outer.change('one', 'raised')", "sp.create_sshkey{ name = 'k', public_key = 'ssh-ed25519 AAAA' }"),
            ("sp.create_sshkey{ name = 'k', public_key = 'ssh-ed25519 AAAA' }", "outer.change('one', 'raised')"),
            ("sp.time()", "outer.change('one', 'raised')"),
            ("outer.change('two', 'raised')\nouter.change('one', 'raised')", "outer.change('three', 'raised')"),
        ] {
            let world = OuterWorld()
            let runner = Self.runner(world, planned)
            let plan = try await runner.plan().plan
            let failure = await #expect(throws: RecipeFailure.self) { try await runner.follow(plan, lua: now) }
            #expect(failure?.code == "plan_differs", "\(now)")
            #expect(world.done.isEmpty && runner.changeLog.changes.isEmpty, "\(now)")
        }
    }

    @Test("allows a run to skip only unneeded external changes")
    func leftOut() async throws {
        let lua = """
            if outer.read("key", "absent") == "absent" then outer.change("make key", "raised") end
            outer.change("make machine", "raised")
            sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "acme" }
            if outer.read("name", "absent") == "absent" then outer.change("set name", "raised") end
            """
        let world = OuterWorld()
        let runner = Self.runner(world, lua)
        let plan = try await runner.plan().plan
        #expect(plan.countOutside == 3)
        world.answer("key", "there")
        world.answer("name", "there")
        _ = try await runner.follow(plan)
        #expect(world.done == ["make machine"])

        let again = OuterWorld()
        let other = Self.runner(again, lua)
        let same = try await other.plan().plan
        let failure = await #expect(throws: RecipeFailure.self) {
            try await other.follow(same, lua: "outer.change('make machine', 'raised')")
        }
        #expect(failure?.code == "plan_differs", "what is to be made at ServerPilot cannot be left out")
    }

    @Test("matches list items at any position")
    func lists() {
        var values = DeclaredValues()
        values.pair(
            ["v4": [["type": "public", "ip": "192.0.2.1"]]],
            ["v4": [["type": "private", "ip": "10.0.0.9"], ["type": "public", "ip": "203.0.113.5"]]])
        #expect(values.matches("root@192.0.2.1:22", "root@203.0.113.5:22"))
        #expect(!values.matches("root@192.0.2.1:22", "root@10.0.0.9:22"))
    }

    @Test("maps declared values to real values, and no others")
    func onlyTheAnswer() async throws {
        let world = OuterWorld()
        let runner = Self.runner(world, Self.machine)
        let plan = try await runner.plan().plan
        world.answer("make", "m-47id")
        let failure = await #expect(throws: RecipeFailure.self) {
            try await runner.follow(plan, lua: Self.machine.replacing("\"start \" .. id", with: "\"start m-48id\""))
        }
        #expect(failure?.code == "plan_differs")
        #expect(world.done == ["make"])
    }

    @Test("allows a run to poll more often than planned")
    func polls() async throws {
        let world = OuterWorld()
        let lua = """
            local function address(name)
                while outer.read(name, "ready") ~= "ready" do sp.sleep("5s") end
                return outer.read(name .. " address", "10.0.0.1")
            end
            outer.change("use " .. address("one"), "raised")
            sp.each({ "two", "three" }, function(name) outer.change("use " .. address(name), "raised") end)
            """
        let runner = Self.runner(world, lua)
        let plan = try await runner.plan().plan
        world.answer("one", "new", "new", "ready")
        world.answer("two", "new", "ready")
        world.answer("three", "ready")
        for (name, address) in [("one", "192.0.2.1"), ("two", "192.0.2.2"), ("three", "192.0.2.3")] {
            world.answer("\(name) address", address)
        }
        _ = try await runner.follow(plan)
        #expect(world.done.sorted() == ["use 192.0.2.1", "use 192.0.2.2", "use 192.0.2.3"])
    }
}
