import DurableSteps
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

    private static let creations: Set = ["POST /sysusers 200", "POST /apps 200", "POST /dbs 200"]

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

    /// A change of which nothing arrived is looked for twice before it is sent: the account may execute it late.
    @Test("its sites are each there once after a resume; a list is read once more, and twice if a change never arrived")
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
        let intents = try await runner.store.entries(of: runner.header.id).count { $0.kind == .intent }
        let resumed = try await runner.live()
        #expect(resumed.failure == nil, "seed \(random.seed)")
        #expect(runner.picture == calm.picture, "seed \(random.seed)")
        let creations = (killed.changes + resumed.changes).count { Self.creations.contains($0) }
        #expect(creations == 3 * Self.sites, "seed \(random.seed)")
        // An update whose reply was lost is repeated, which changes nothing; no other change is.
        let updates = made + resumed.changes.count - creations
        #expect((Self.sites...Self.sites + 10).contains(updates), "\(updates) updates, seed \(random.seed)")
        let once = Self.lists(undisturbed)
        for (list, count) in Self.lists(killed, resumed) {
            #expect(
                count <= once[list, default: 0] + (intents > made ? 2 : 1),
                "\(list), \(intents - made) never arrived, seed \(random.seed)")
        }
    }
}
