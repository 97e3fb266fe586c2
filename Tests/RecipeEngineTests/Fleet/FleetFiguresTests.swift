import Foundation
import Groundwork
import LuaHost
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

/// The file and the fleets that `scripts/bench` names.
private enum Request {
    private static let environment = ProcessInfo.processInfo.environment
    static let file = environment["SPRUN_FIGURES"]
    static let fleets = environment["SPRUN_FLEETS"] ?? ""
}

/// Runs the fleets of `SPRUN_FLEETS`, and appends the figures of each to the file of `SPRUN_FIGURES`, as a line of JSON.
///
/// A fleet is `SITES/SERVERS/SEED`, or `SITES/SERVERS/SEED/faults` for faults of nine kinds in 1 % of the calls each.
/// Fleets are separated by blanks. `scripts/bench` reads the file.
@Suite("Figures of fleets", .enabled(if: Request.file != nil, "SPRUN_FIGURES does not name a file"))
struct FleetFiguresTests {
    private static let latency = Duration.milliseconds(80)

    @Test("are written to a file")
    func written() async throws {
        for fleet in Request.fleets.split(separator: " ") {
            let line = try await Self.line(of: fleet).text() + "\n"
            let file = try FileHandle(forWritingTo: URL(filePath: #require(Request.file)))
            try file.seekToEnd()
            try file.write(contentsOf: Data(line.utf8))
            try file.close()
        }
    }

    private static func line(of fleet: Substring) async throws -> JSONValue {
        let parts = fleet.split(separator: "/")
        try #require(parts.count >= 3, "\(fleet)")
        let (sites, servers) = (try #require(Int(parts[0])), try #require(Int(parts[1])))
        let faults = parts.count > 3 ? try FleetStage.faults(probability: 0.01) : FaultPlan()
        var limits = RunLimits()
        // A debug build needs more time for 10,000 sites than a recipe has by default.
        limits.lua.slice = .seconds(300)
        limits.lua.total = .seconds(3600)
        let stage = try FleetStage(servers: servers, seed: #require(UInt64(parts[2])), faults: faults)
        let before = (cpu: processTime(), memory: try memory("VmRSS"))
        let figures = await stage.run(count: sites, latency: latency, limits: limits)
        let after = (cpu: processTime(), memory: try memory("VmHWM"))
        let account = stage.stage.serverPilot.account
        let noticed = Noticing(figures.report, account, latency: latency)
        return [
            "fleet": .string(String(fleet)), "sites": .integer(Int64(sites)), "servers": .integer(Int64(servers)),
            "failure": figures.report.failure.map { .string("\($0)") } ?? .null,
            "exact": .bool(stage.isExact(count: sites)),
            "actions": .integer(Int64(figures.actions)), "makespan": .double(figures.report.elapsed / .seconds(1)),
            "bound": .double(figures.bound / .seconds(1)), "work": .double(noticed.work / .seconds(1)),
            "requests": .integer(Int64(figures.report.requests.count)), "least": .integer(Int64(figures.least)),
            "polls": .integer(Int64(figures.polls)), "lists": .integer(Int64(figures.lists)),
            "noticed_after": .double(noticed.after / .seconds(1)),
            "noticed_after_every_2_s": .double(noticed.afterSteadyPolls / .seconds(1)),
            "polls_every_2_s": .integer(Int64(noticed.steadyPolls)), "last_late": .double(figures.late / .seconds(1)),
            "cpu": .double(after.cpu - before.cpu), "memory_kib": .integer(Int64(after.memory - before.memory)),
        ]
    }

    /// The CPU time of this process in seconds.
    private static func processTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// A line of the process's status in KiB.
    private static func memory(_ name: String) throws -> Int {
        let status = try String(contentsOf: URL(filePath: "/proc/self/status"), encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix(name) })
        return try #require(line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) })
    }
}

extension FleetFiguresTests {
    /// How long after the end of an action the recipe continues, by the simulator's records.
    private struct Noticing {
        /// The time of all actions together.
        private(set) var work = Duration.zero
        /// The mean time from the end of an action to the reply that says so.
        private(set) var after = Duration.zero
        /// The same for a client that polls each action every two seconds.
        private(set) var afterSteadyPolls = Duration.zero
        /// The polls of such a client.
        private(set) var steadyPolls = 0

        init(_ report: RunReport, _ account: Account, latency: Duration) {
            var ends: [String: ActionRecord] = [:]
            for action in account.actions.values where action.operation != "create_server" {
                ends["/actions/\(action.id)"] = action
            }
            let actions = ends.count
            for record in report.records {
                guard let action = ends[record.path], let end = action.end, record.time >= end, record.status == 200,
                    !record.faults.contains(where: { !$0.hasPrefix("action_slow") })
                else { continue }
                ends[record.path] = nil
                after += record.time - end + latency / 2
            }
            for action in account.actions.values where action.operation != "create_server" {
                guard let end = action.end else { continue }
                work += action.duration
                let wait = (end - action.created) / .seconds(2)
                steadyPolls += Int(wait.rounded(.up))
                afterSteadyPolls += .seconds(2) * (wait.rounded(.up) - wait) + latency
            }
            after /= max(actions - ends.count, 1)
            afterSteadyPolls /= max(actions, 1)
        }
    }
}
