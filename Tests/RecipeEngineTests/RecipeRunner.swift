import Groundwork
import HTTPTypes
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import Synchronization

/// Runs recipes on a simulated account with a virtual clock, and keeps what happened.
final class RecipeRunner: Sendable {
    /// What happened in one run.
    struct Report {
        var outcome: RecipeOutcome?
        var failure: RecipeFailure?
        var events: [RunEvent]
        /// The secrets that were generated, as `name:length`.
        var secrets: [String] = []
        /// Requests that arrived, as `POST /apps`.
        var requests: [String]
        var elapsed: Duration

        /// Requests that could change something.
        var changes: [String] { requests.filter { !$0.hasPrefix("GET") } }
        var printed: [String] {
            events.compactMap { if case .printed(let text) = $0 { text } else { nil } }
        }
        var warnings: [String] {
            events.compactMap { if case .warned(let text, _) = $0 { text } else { nil } }
        }
        var result: JSONValue? { outcome?.result?.reveal() }
    }

    let clock: VirtualClock
    let serverPilot: SimulatedServerPilot
    private let requests = Recorder<String>()

    static let start = Timestamp(epochSeconds: 1_700_000_000)

    init(plan: ActionPlan = .realistic, seed: UInt64 = 1) {
        var random = SeededRandom(seed: seed)
        let account = Account.demo(at: Self.start, random: &random)
        clock = VirtualClock(now: Self.start)
        let requests = requests
        serverPilot = SimulatedServerPilot(
            account: account, random: random, time: clock,
            credentials: AccountCredentials(clientID: "cid_test", apiKey: Secret("key-for-tests")), plan: plan,
            observer: { requests.add("\($0.method) \($0.path)") })
    }

    /// Runs a recipe; `prepare` gets the run before it starts, to cancel it.
    func run(
        _ lua: String, name: String = "test.lua", parameters: [String: String] = [:],
        transport: (any Transport)? = nil, limits: RunLimits = RunLimits(),
        surroundings: RecipeSurroundings = RecipeSurroundings(program: "0.1.0"),
        keepSecret: @escaping SecretKeeper = { _, _ in }, prepare: (RecipeRun) -> Void = { _ in }
    ) async -> Report {
        let events = Recorder<RunEvent>()
        let secrets = Recorder<String>()
        let number = Mutex<UInt64>(1)
        let engine = RecipeEngine(
            transport: transport ?? serverPilot.transport, time: clock, limits: limits,
            random: {
                number.withLock { number in
                    number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return number ^ (number >> 29)
                }
            },
            keepSecret: { name, secret in
                secrets.add("\(name):\(secret.reveal().count)")
                try keepSecret(name, secret)
            }, surroundings: surroundings, events: { events.add($0) })
        _ = requests.take()
        let began = clock.now
        var report = Report(events: [], requests: [], elapsed: .zero)
        do throws(RecipeFailure) {
            let run = try engine.start(RecipeSource(name: name, text: Array(lua.utf8)), parameters: parameters)
            prepare(run)
            report.outcome = try await run.finish()
        } catch {
            report.failure = error
        }
        report.events = events.take()
        report.secrets = secrets.take()
        report.requests = requests.take()
        report.elapsed = clock.now - began
        return report
    }
}

/// Collects values from anywhere.
final class Recorder<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    func add(_ value: Value) { values.withLock { $0.append(value) } }
    var count: Int { values.withLock { $0.count } }
    func take() -> [Value] {
        values.withLock { values in
            defer { values = [] }
            return values
        }
    }
}

/// Changes or replaces what another transport answers.
struct AlteredTransport: Transport {
    let base: any Transport
    let alter: @Sendable (WireRequest, WireResponse) throws(ServerPilotError) -> WireResponse

    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        try alter(request, try await base.send(request))
    }
}
