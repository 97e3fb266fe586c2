import DurableSteps
import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("The test kit")
struct RecipeStageTests {
    @Test("a recipe runs on the demo account, and the report has its requests (the example of RecipeStage)")
    func example() async {
        let stage = RecipeStage()
        let report = await stage.run(
            """
            local server = sp.find_server{ name = "www1" }
            sp.create_sysuser{ serverid = server.id, name = "acme" }
            """)
        #expect(report.failure == nil)
        #expect(report.changes == ["POST /sysusers"])
        #expect(stage.serverPilot.account.sysusers.values.contains { $0.name == "acme" })
    }

    @Test("a journaled run leaves its entries in the store (the example of MemoryRunStore)")
    func journal() async throws {
        let header = RunHeader(
            id: RunID(rawValue: "r1"), recipe: "test.lua", recipeDigest: "", parameters: [:], account: "a",
            accountName: "a", seed: 1, lua: "", program: RecipeStage.program, started: RecipeStage.start)
        let recipe = #"sp.find_server{ name = "www1" }"#
        let store = MemoryRunStore()
        let epoch = try await store.takeOver(header.account)
        try await store.begin(header, epoch: epoch)
        let run = JournaledRun(store: store, header: header, epoch: epoch, record: [])
        let report = await RecipeStage().run(recipe, journaled: run)
        #expect(report.failure == nil)
        #expect(try await store.entries(of: header.id).last?.kind == .ended)
    }

    @Test("a seed repeats the same run, another seed has other ids")
    func seeds() async {
        let recipe = "print(sp.create_server{ name = 'new' }.id)"
        var results: [[String]] = []
        for seed in [1, 1, 2] as [UInt64] {
            let report = await RecipeStage(seed: seed).run(recipe)
            #expect(report.failure == nil)
            results.append(report.printed)
        }
        #expect(results[0] == results[1] && results[1] != results[2])
    }

    @Test("closures provide the web and the hosts of a recipe")
    func surroundings() async {
        let web = ScriptedWeb { request, _ in request.method == "GET" ? .json(200, "[1]") : .lost }
        let report = await RecipeStage().run(
            "print(http.get('https://api.example/things').json[1])", surroundings: web.surroundings)
        #expect(report.failure == nil)
        #expect(report.printed == ["1"])
        #expect(web.lines == ["GET https://api.example/things"])
    }

    @Test("a seed repeats the same numbers")
    func numbers() {
        var (first, second) = (TestRandom(seed: 7), TestRandom(seed: 7))
        #expect((0..<10).allSatisfy { _ in first.next() == second.next() })
        #expect(first.seed == 7)
    }

    @Test("a manual clock advances by its sleeps, and stops a cancelled sleep")
    func manualClock() async throws {
        let clock = ManualClock()
        let before = clock.now
        try await clock.sleep(for: .seconds(5))
        clock.advance(by: .seconds(-2))
        #expect(clock.now - before == .seconds(3) && clock.sleeps == [.seconds(5)])
        let sleep = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await clock.sleep(for: .seconds(1))
        }
        await #expect(throws: CancellationError.self) { try await sleep.value }
    }
}
