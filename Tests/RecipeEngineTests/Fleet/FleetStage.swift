import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

/// Many servers and many sites, with a distance to the API.
///
/// The figures come from the simulator's own table of actions, so the code that waits does not judge itself.
struct FleetStage {
    /// A transport on which each request takes that long.
    struct Distant: Transport {
        let base: any Transport
        let time: any TimeSource
        let latency: Duration

        func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
            try? await time.sleep(for: latency / 2)
            let response = try await base.send(request)
            try? await time.sleep(for: latency / 2)
            return response
        }
    }

    let servers: Int
    let stage: RecipeStage

    /// Creates servers that were connected an hour ago, or right now: then each server works on its own creation first.
    init(
        servers: Int, seed: UInt64, plan: ActionPlan = .realistic, faults: FaultPlan = FaultPlan(), areNew: Bool = false
    ) throws {
        self.servers = servers
        var account = Account()
        // Other numbers than those of the stage, which would give new resources the ids of these.
        var random = SeededRandom(seed: seed &+ 1_000_000)
        let created = RecipeStage.start + .seconds(areNew ? 0 : -3600)
        let creation = try #require(ServerPilot.Operation.named("create_server"))
        for number in 1...servers {
            let reply = try account.apply(
                creation, ["name": .string("www\(number)"), "plan": "economy"], at: created, random: &random)
            let id = ServerID(try #require(reply.data["id"]?.stringValue))
            account.connect(id, address: "192.0.2.1", at: created)
        }
        stage = RecipeStage(account: account, plan: plan, faults: faults, seed: seed)
    }

    /// Makes sites with four changes each, and waits for each change.
    static let sites = """
        local servers, sites = sp.servers(), {}
        for i = 1, COUNT do sites[i] = { name = "site" .. i, server = servers[(i - 1) % #servers + 1].id } end
        sp.each(sites, function(site)
            local function done(thing, action)
                sp.wait(action, { timeout = "20h" })
                return thing
            end
            local user = done(sp.create_sysuser{ serverid = site.server, name = site.name })
            local app = done(sp.create_app{ name = site.name, sysuserid = user.id, runtime = "php8.3" })
            done(sp.create_db{
                appid = app.id, name = site.name, user = { name = site.name, password = "a-password-of-some-length" },
            })
            done(sp.update_app(app.id, { runtime = "php8.4" }))
        end)
        """

    /// Faults of nine kinds, each in that share of the calls.
    static func faults(probability: Double) throws -> FaultPlan {
        let kinds = [
            #""fault":"status","status":503"#, #""fault":"status","status":502,"effect":"done""#, #""fault":"closed""#,
            #""fault":"closed","effect":"done""#, #""fault":"reply_lost""#, #""fault":"truncated""#,
            #""fault":"wrong_json""#, #""fault":"delay","time":"3s""#, #""fault":"action_slow","factor":4"#,
        ]
        let each = kinds.map { #"{"operation":"*","probability":\#(probability),\#($0)}"# }.joined(separator: ",")
        return try FaultPlan(bytes: Array(#"{"faults":[\#(each)]}"#.utf8))
    }

    func run(
        _ lua: String = sites, count: Int, latency: Duration = .milliseconds(80), limits: RunLimits = RunLimits()
    ) async -> Figures {
        let transport = Distant(base: stage.serverPilot.transport, time: stage.clock, latency: latency)
        let report = await stage.run("COUNT = \(count)\n" + lua, transport: transport, limits: limits)
        return Figures(report, stage.serverPilot.account)
    }

    /// Whether each site has its user, its app and its database once, and nothing else exists.
    func isExact(count: Int) -> Bool {
        let account = stage.serverPilot.account
        let names = Set((0..<count).map { "site\($0 + 1)" })
        // Each server has a user of its own.
        let users = account.sysusers.values.map(\.name).filter { names.contains($0) }
        return users.count == count && Set(users) == names && account.sysusers.count == count + servers
            && account.apps.count == count && Set(account.apps.values.map(\.name)) == names
            && account.databases.count == count && Set(account.databases.values.map(\.name)) == names
    }

    /// The time and the requests of a run.
    struct Figures: CustomStringConvertible {
        let report: RunReport
        let actions: Int
        /// The longest queue of a server.
        let bound: Duration
        /// The time from the start to the last end of an action.
        let lastEnd: Duration
        let polls: Int
        let lists: Int
        /// One list of each kind that the run used, the changes, and one look for each action.
        let least: Int

        init(_ report: RunReport, _ account: Account) {
            self.report = report
            let own = account.actions.values.filter { $0.operation != "create_server" }
            actions = own.count
            var queues: [ServerID: Duration] = [:]
            for action in account.actions.values where action.end ?? RecipeStage.start > RecipeStage.start {
                queues[action.serverID, default: .zero] += action.duration
            }
            bound = queues.values.max() ?? .zero
            lastEnd = (own.compactMap(\.end).max() ?? RecipeStage.start) - RecipeStage.start
            let gets = report.requests.filter { $0.hasPrefix("GET ") }
            polls = gets.count { $0.hasPrefix("GET /actions/") }
            lists = gets.count - polls
            let kinds = OrderedSet(gets.filter { !$0.hasPrefix("GET /actions/") })
            least = kinds.count + report.changes.count + own.count
        }

        var makespan: Double { report.elapsed / bound }
        var requests: Double { Double(report.requests.count) / Double(least) }
        /// The time from the last end to the end of the run.
        var late: Duration { report.elapsed - lastEnd }

        var description: String {
            "makespan \(makespan) x bound, requests \(requests) x least, \(Double(polls) / Double(max(actions, 1))) polls an "
                + "action, \(lists) lists, last end \(lastEnd), \(late) late, \(report.failure.map { "\($0)" } ?? "ok")"
        }
    }
}
