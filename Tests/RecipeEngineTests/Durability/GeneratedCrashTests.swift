import DurableSteps
import Foundation
import Groundwork
import RecipeEngine
import ServerPilotSimulator
import SprunTesting
import Testing

/// Generated recipes die at every boundary.
///
/// `SPRUN_CRASH_SEEDS` says how many recipes, `SPRUN_SEED` with which seed they begin; both are printed.
@Suite("A generated recipe that crashes", .timeLimit(.minutes(120)))
struct GeneratedCrashTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let first = TestRandom.seed("generated crashes", in: 1...1_000_000_000)

    /// What is left of a run at its end: the account by names, and what the recipe gave.
    private struct End: Equatable {
        let picture: [String]
        let result: JSONValue?
    }

    /// Each life after a death, up to the end; a key that may be there twice is looked for, as a person would.
    private static func resumed(_ runner: DurableRunner, _ seed: UInt64, _ words: String) async throws -> End {
        var life = try await runner.live()
        var decisions = 0
        while life.failure?.code == "undecided" {
            #expect(life.changes.isEmpty, "\(words): nothing is sent where a person decides")
            #expect(life.failure?.message.contains("create_sshkey") == true, "\(words): \(life.failure?.message ?? "")")
            decisions += 1
            guard decisions < 10 else { break }
            // The recipe's keys have names of their own; the one that is asked about is not there, else it were adopted.
            life = try await runner.live(decision: EffectDecision(.recreate))
        }
        #expect(life.failure == nil, "\(words): \(life.failure?.description ?? "")")
        return End(picture: runner.picture, result: life.result)
    }

    /// One recipe, dying at every boundary in turn: at how many, and what was wrong.
    private static func deaths(ofRecipe seed: UInt64) async throws -> Int {
        let lua = GeneratedRecipe(seed: seed).text
        let whole = Fate()
        let runner = DurableRunner(lua)
        let life = try await runner.live(whole)
        guard life.failure == nil else {
            Issue.record("seed \(seed): \(life.failure?.description ?? "")\n\(lua)")
            return 0
        }
        let expected = End(picture: runner.picture, result: life.result)
        var deaths = 0
        for moment in 1...whole.moments {
            let runner = DurableRunner(lua)
            let words = "seed \(seed), died at \(moment) of \(whole.moments)"
            let fate = Fate(dyingAt: moment)
            let first = try await runner.live(fate)
            #expect(fate.isDead, "\(words): each life has the same moments")
            deaths += 1
            if first.failure == nil { continue }
            let end = try await resumed(runner, seed, words)
            #expect(end == expected, "\(words)\n\(lua)")
        }
        return deaths
    }

    @Test("ends like a run without crashes: nothing twice, nothing missing, nothing stuck")
    func everywhere() async throws {
        let count = UInt64(Self.environment["SPRUN_CRASH_SEEDS"].flatMap(Int.init) ?? 2)
        print("crashes of generated recipes: seed \(Self.first), \(count) of them")
        let deaths = try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<min(2, count) {
                group.addTask {
                    var deaths = 0
                    for seed in stride(from: Self.first + worker, to: Self.first + count, by: 2) {
                        deaths += try await Self.deaths(ofRecipe: seed)
                    }
                    return deaths
                }
            }
            return try await group.reduce(0, +)
        }
        print("crashes of generated recipes: \(deaths) deaths")
        #expect(deaths > 20 * Int(count))
    }

    @Test("does the same in the same order each time, for one seed: calls, journal and times")
    func reproducible() async throws {
        for seed in Self.first..<(Self.first + 5) {
            let lua = GeneratedRecipe(seed: seed).text
            var seen: [String] = []
            for _ in 0..<4 {
                let runner = DurableRunner(lua)
                let first = try await runner.live(Fate(dyingAt: 25))
                let second = try await runner.live()
                let entries = runner.store.commits.map { commit in
                    commit.map { "\($0.kind) \($0.operation) \(String(describing: $0.step)) \($0.time)" }
                }
                seen.append("\(first.requests) \(second.requests) \(entries) \(runner.clock.now)")
            }
            #expect(Set(seen).count == 1, "seed \(seed)\n\(lua)")
        }
    }
}
