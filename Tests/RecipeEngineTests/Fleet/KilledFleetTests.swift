import Foundation
import Groundwork
import RecipeEngine
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("A fleet that is killed in the middle", .timeLimit(.minutes(10)))
struct KilledFleetTests {
    /// The number of sites; `SPRUN_FLEET_SITES` sets another one.
    private static let sites = ProcessInfo.processInfo.environment["SPRUN_FLEET_SITES"].flatMap(Int.init) ?? 1000

    private static func runner(_ seed: UInt64) throws -> DurableRunner {
        DurableRunner(
            "COUNT = \(sites)\n" + FleetStage.sites, seed: seed,
            account: try FleetStage(servers: 20, seed: seed).stage.serverPilot.account)
    }

    /// The reads of each list, without the looks at actions.
    private static func lists(_ lives: DurableRunner.Life...) -> [String: Int] {
        let reads = lives.flatMap(\.requests).filter { $0.hasPrefix("GET ") && !$0.hasPrefix("GET /actions/") }
        return Dictionary(reads.map { ($0, 1) }, uniquingKeysWith: +)
    }

    @Test("its sites are each there once after a resume, and no list is read more than once more")
    func killed() async throws {
        var random = TestRandom()
        let (calm, whole) = (try Self.runner(random.seed), Fate())
        let undisturbed = try await calm.live(whole)
        #expect(undisturbed.failure == nil, "seed \(random.seed)")
        let moment = whole.moments / 3 + Int.random(in: 0...whole.moments / 3, using: &random)
        let runner = try Self.runner(random.seed)
        let killed = try await runner.live(Fate(dyingAt: moment))
        let made = killed.changes.count
        #expect(made > Self.sites / 2 && made < 4 * Self.sites, "seed \(random.seed)")
        let resumed = try await runner.live()
        #expect(resumed.failure == nil, "seed \(random.seed)")
        #expect(runner.picture == calm.picture, "seed \(random.seed)")
        #expect(made + resumed.changes.count == 4 * Self.sites, "seed \(random.seed)")
        let once = Self.lists(undisturbed)
        for (list, count) in Self.lists(killed, resumed) {
            #expect(count <= once[list, default: 0] + 1, "\(list), seed \(random.seed)")
        }
    }
}
