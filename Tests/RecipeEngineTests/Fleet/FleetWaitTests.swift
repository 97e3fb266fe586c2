import Groundwork
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("Waiting for a fleet")
struct FleetWaitTests {
    /// All work takes this many times as long as usual.
    private static func plan(_ factor: Double) -> ActionPlan {
        ActionPlan { operation, _, random in
            let range: ClosedRange<Int64> = operation == "create_app" ? 8000...24000 : 4000...12000
            return .init(duration: .milliseconds(Int64(Double(Int64.random(in: range, using: &random)) * factor)))
        }
    }

    @Test(
        "100 sites on 20 servers keep the servers busy, with few looks at each action", arguments: [1, 2, 3, 4, 5])
    func fleet(seed: UInt64) async throws {
        let figures = try await FleetStage(servers: 20, seed: seed, plan: Self.plan(1)).run(count: 100)
        #expect(figures.report.failure == nil)
        #expect(figures.actions == 400)
        #expect(figures.makespan <= 1.05, "\(figures)")
        #expect(Double(figures.polls) <= 1.35 * 400, "\(figures)")
        #expect(figures.requests <= 1.2, "\(figures)")
    }

    @Test(
        "servers that first do work of somebody else do not mislead the looks", arguments: [1, 2, 3, 4, 5])
    func newServers(seed: UInt64) async throws {
        let figures = try await FleetStage(servers: 20, seed: seed, plan: Self.plan(1), areNew: true).run(count: 100)
        #expect(figures.report.failure == nil)
        #expect(figures.makespan <= 1.15, "\(figures)")
        #expect(Double(figures.polls) <= 1.6 * 400, "\(figures)")
    }

    @Test(
        "on servers forty times faster or slower than usual, the end of the last action is noticed within a twentieth",
        arguments: [(0.025, 1), (0.025, 2), (40, 1)] as [(Double, UInt64)])
    func surprise(factor: Double, seed: UInt64) async throws {
        let figures = try await FleetStage(servers: 20, seed: seed, plan: Self.plan(factor)).run(count: 100)
        #expect(figures.report.failure == nil)
        #expect(figures.late <= figures.lastEnd / 20 + .milliseconds(80), "\(figures)")
    }
}
