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

    @Test("100 sites on 20 servers keep the servers busy, with few requests")
    func fleet() async throws {
        var requests: [Double] = []
        for seed: UInt64 in 1...5 {
            let figures = try await FleetStage(servers: 20, seed: seed, plan: Self.plan(1)).run(count: 100)
            #expect(figures.report.failure == nil)
            #expect(figures.actions == 400)
            #expect(figures.makespan <= 1.05, "seed \(seed): \(figures)")
            #expect(figures.requests <= 1.25, "seed \(seed): \(figures)")
            requests.append(figures.requests)
        }
        #expect(requests.reduce(0, +) / 5 <= 1.2, "\(requests)")
    }

    @Test("servers that first do work of somebody else do not mislead the looks")
    func newServers() async throws {
        var makespans: [Double] = []
        for seed: UInt64 in 1...5 {
            let fleet = try FleetStage(servers: 20, seed: seed, plan: Self.plan(1), areNew: true)
            let figures = await fleet.run(count: 100)
            #expect(figures.report.failure == nil)
            #expect(figures.makespan <= 1.3 && figures.requests <= 1.4, "seed \(seed): \(figures)")
            makespans.append(figures.makespan)
        }
        #expect(makespans.reduce(0, +) / 5 <= 1.15, "\(makespans)")
    }

    @Test(
        "on servers forty times faster or slower than usual, the end of the last action is noticed within a twentieth",
        arguments: [(0.025, 1), (0.025, 2), (40, 1)] as [(Double, UInt64)])
    func surprise(factor: Double, seed: UInt64) async throws {
        let figures = try await FleetStage(servers: 20, seed: seed, plan: Self.plan(factor)).run(count: 100)
        #expect(figures.report.failure == nil)
        #expect(figures.late <= figures.lastEnd / 20 + .milliseconds(80), "\(figures)")
    }

    @Test("with faults of nine kinds, each in 1 % of the calls, each of 500 sites is there once")
    func faults() async throws {
        let fleet = try FleetStage(servers: 20, seed: 3, faults: FleetStage.faults(probability: 0.01))
        let figures = await fleet.run(count: 500)
        #expect(figures.report.failure == nil, "\(figures)")
        #expect(fleet.isExact(count: 500))
        #expect(figures.makespan <= 1.1 && figures.requests <= 1.2, "\(figures)")
        #expect(figures.report.records.count { !$0.faults.isEmpty } > 200)
    }
}
