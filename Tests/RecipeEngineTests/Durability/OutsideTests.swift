import DurableSteps
import Groundwork
import OrderedCollections
import ServerPilot
import SprunTesting
import Synchronization
import Testing

@testable import RecipeEngine

@Suite("A change outside the account", .timeLimit(.minutes(5)))
struct OutsideTests {
    private static func lua(_ recovery: String) -> String {
        """
        local one = outer.change("one", "\(recovery)")
        local server = sp.find_server{ name = "www1" }
        local user = sp.create_sysuser{ serverid = server.id, name = "acme" }
        local ok, two = pcall(outer.change, "two", "\(recovery)")
        local more = sp.each({ "three", "four" }, function(name)
            local ok, value = pcall(outer.change, name, "\(recovery)")
            return ok and value or value.code
        end)
        return { one = one, two = ok and two or two.code, user = user.name, more = table.concat(more, " ") }
        """
    }

    private static func runner(_ world: OuterWorld, _ recovery: String) -> DurableRunner {
        DurableRunner(lua(recovery), surroundings: { world.surroundings($0) })
    }

    private static let result: JSONValue = [
        "more": "three four", "one": "one", "two": "two", "user": "acme",
    ]

    private static func moments(_ recovery: String) async throws -> Int {
        let (world, fate) = (OuterWorld(), Fate())
        let life = try await runner(world, recovery).live(fate)
        #expect(life.failure == nil, "\(life.failure?.description ?? "")")
        #expect(life.result == result)
        #expect(world.done == ["one", "two", "three", "four"])
        #expect(fate.moments > 25)
        return fate.moments
    }

    @Test("that is repeatable is made once, wherever the process crashes")
    func repeatable() async throws {
        for moment in 1...(try await Self.moments("repeatable")) {
            let world = OuterWorld()
            let runner = Self.runner(world, "repeatable")
            let first = try await runner.live(Fate(dyingAt: moment))
            guard first.failure != nil else { continue }
            let second = try await runner.live()
            #expect(second.failure == nil, "\(moment): \(second.failure?.description ?? "")")
            #expect(second.result == Self.result, "\(moment)")
            #expect(world.done.sorted() == ["four", "one", "three", "two"], "\(moment)")
            #expect(Set(world.tries.map(\.marker)).count == 4, "\(moment)")
        }
    }

    @Test("whose lost reply raises an error is made at most once, wherever the process crashes")
    func raised() async throws {
        for moment in 1...(try await Self.moments("raised")) {
            let world = OuterWorld()
            let runner = Self.runner(world, "raised")
            let first = try await runner.live(Fate(dyingAt: moment))
            guard first.failure != nil else { continue }
            let second = try await runner.live()
            #expect(Set(world.done).count == world.done.count, "\(moment): \(world.done)")
            #expect(world.tries.allSatisfy { $0.number == 1 && !$0.isRecovery }, "\(moment)")
            guard let result = second.result else {
                #expect(second.failure?.code == "lost_answer", "\(moment): \(second.failure?.description ?? "")")
                continue
            }
            let words =
                [result["two"]?.stringValue]
                + (result["more"]?.stringValue ?? "").split(separator: " ").map(String.init)
            for (word, name) in zip(words, ["two", "three", "four"]) {
                #expect(
                    word == "lost_answer" || (word == name && world.done.contains(name)), "\(moment): \(word ?? "")")
            }
            // What the recipe was told stays so.
            let third = try await runner.live()
            #expect(third.result == result, "\(moment)")
        }
    }

    @Test("without a lookup is left to a person, wherever the process crashes")
    func undecided() async throws {
        for moment in 1...(try await Self.moments("undecided")) {
            for choice in [EffectDecision.Choice.recreate, .skip] {
                let world = OuterWorld()
                let runner = Self.runner(world, "undecided")
                var life = try await runner.live(Fate(dyingAt: moment))
                guard life.failure != nil else { continue }
                life = try await runner.live()
                #expect(Set(world.done).count == world.done.count, "\(moment): \(world.done)")
                // Of two at once each is asked about.
                var decisions = 0
                while life.failure?.code == "undecided", decisions < 3 {
                    let before = world.tries
                    life = try await runner.live()
                    // What runs beside it may begin before the run has stopped; what was begun is not begun again.
                    let again = world.tries.dropFirst(before.count).filter { before.map(\.marker).contains($0.marker) }
                    #expect(life.failure?.code == "undecided" && again.isEmpty, "\(moment): \(choice) \(again)")
                    life = try await runner.live(decision: EffectDecision(choice))
                    decisions += 1
                }
                #expect(decisions <= 2, "\(moment)")
                if let failure = life.failure {
                    #expect(choice == .skip && failure.code == "skipped", "\(moment): \(failure)")
                } else if choice == .recreate {
                    #expect(life.result == Self.result, "\(moment)")
                }
            }
        }
    }

    @Test("is replayed with its recorded outcome, without being repeated")
    func replay() async throws {
        let world = OuterWorld()
        world.fail("two", [.rejected])
        let runner = Self.runner(world, "raised")
        let fate = Fate()
        let first = try await runner.live(fate)
        #expect(first.result?["two"] == "outer_failure")
        let tries = world.tries.count
        let second = try await runner.live()
        #expect(second.result == first.result)
        #expect(world.tries.count == tries)
    }

    @Test("with another argument than recorded stops the run")
    func diverged() async throws {
        let world = OuterWorld()
        let runner = DurableRunner(
            "outer.change('one', 'raised') error('stop')", surroundings: { world.surroundings($0) })
        _ = try await runner.live()
        let other = try await runner.live(lua: "outer.change('other', 'raised')")
        #expect(other.failure?.code == "recipe_changed")
        #expect(other.failure?.message.contains("the journal records outer.change one") == true)
        #expect(world.done == ["one"])
    }

    @Test("has a durable intent before the request, and a durable outcome before the recipe continues")
    func order() async throws {
        let world = OuterWorld()
        let runner = DurableRunner(
            "outer.change('one', 'raised') outer.change('two', 'raised')", surroundings: { world.surroundings($0) })
        let kinds = Recorder<[JournalEntry.Kind]>()
        world.underWay.withLock { body in
            body = { kinds.add(runner.store.commits.flatMap { $0 }.map(\.kind)) }
        }
        _ = try await runner.live()
        #expect(kinds.take() == [[.intent], [.intent, .outcome, .intent]])
    }

    @Test("that is in progress on cancellation is finished and recorded; no other change starts")
    func cancelled() async throws {
        let world = OuterWorld()
        let runner = DurableRunner(
            "outer.change('one', 'undecided') outer.change('two', 'undecided')",
            surroundings: { world.surroundings($0) })
        let held = Mutex<RecipeRun?>(nil)
        world.underWay.withLock { $0 = { held.withLock { $0 }?.cancel() } }
        let life = try await runner.live(prepare: { run in held.withLock { $0 = run } })
        #expect(life.failure?.code == "cancelled")
        #expect(world.done == ["one"])
        world.underWay.withLock { $0 = {} }
        let second = try await runner.live()
        #expect(second.failure == nil, "\(second.failure?.description ?? "")")
        #expect(world.done == ["one", "two"])
    }

    @Test("does not start after another change stopped the run")
    func stopped() async throws {
        let world = OuterWorld()
        world.fail("one", [.ambiguous])
        let runner = DurableRunner(
            """
            sp.all{
                function() outer.change("one", "undecided") end,
                function() sp.sleep("1m") outer.change("two", "undecided") end,
            }
            """, surroundings: { world.surroundings($0) })
        let life = try await runner.live()
        #expect(life.failure?.code == "undecided")
        #expect(life.failure?.message.contains("outer.change one") == true)
        #expect(world.done == ["one"])
    }

    @Test("does not start after the run lost the account's lock")
    func fenced() async throws {
        let world = OuterWorld()
        let runner = DurableRunner(
            "outer.change('one', 'repeatable') outer.change('two', 'repeatable')",
            surroundings: { world.surroundings($0) })
        world.underWay.withLock { body in
            body = { [store = runner.store] in store.raiseEpoch(of: "a") }
        }
        let life = try await runner.live()
        #expect(life.failure?.code == "fenced")
        #expect(world.done == ["one"])
    }

    @Test("whose replies stay lost has a limited number of attempts")
    func bounded() async throws {
        let world = OuterWorld()
        world.fail("one", Array(repeating: .ambiguous, count: 50))
        let runner = DurableRunner("outer.change('one', 'repeatable')", surroundings: { world.surroundings($0) })
        let life = try await runner.live()
        #expect(life.failure?.code == "undecided")
        #expect(world.tries.map(\.number) == [1, 2, 3, 4, 5])
        #expect(world.done == ["one"])
    }

    @Test("is not made in a simulation")
    func declared() async throws {
        let world = OuterWorld()
        let runner = DurableRunner(
            "return { one = outer.change('one', 'raised') }",
            surroundings: { world.surroundings($0, outside: .declared) })
        let life = try await runner.live()
        #expect(life.result == ["one": "one"])
        #expect(world.tries.isEmpty)
    }
}
