import Groundwork
import HTTPTypes
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import Synchronization

/// The moments at which a process can die, counted; from the one that was chosen on, nothing works any more.
final class Fate: Sendable {
    private struct State {
        var moments = 0
        var end: Int?
        var isDead = false
    }

    private let state = Mutex(State())

    /// Dies at that moment, counted from 1; never without.
    init(dyingAt end: Int? = nil) { state.withLock { $0.end = end } }

    /// How many moments there were.
    var moments: Int { state.withLock { $0.moments } }
    /// Whether it has died.
    var isDead: Bool { state.withLock { $0.isDead } }

    /// Dies now.
    func die() { state.withLock { $0.isDead = true } }

    /// One more moment; `false` when the process is dead.
    func survives() -> Bool {
        state.withLock { state in
            state.moments += 1
            if state.moments == state.end { state.isDead = true }
            return !state.isDead
        }
    }
}

/// A transport of a process that dies: before a request, or after it was done.
struct MortalTransport: Transport {
    let base: any Transport
    let fate: Fate

    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        guard fate.survives() else { throw dead }
        let response = try await base.send(request)
        guard fate.survives() else { throw dead }
        return response
    }

    private var dead: ServerPilotError {
        ServerPilotError(code: .notConnected, message: "the process is dead", delivery: .notSent)
    }
}

/// A store of a process that dies: before a commit, or after it.
struct MortalStore: RunStore {
    let base: any RunStore
    let fate: Fate

    func digest(_ bytes: [UInt8]) -> String { base.digest(bytes) }
    func takeOver(_ account: String) async throws(JournalError) -> Int64 { try await base.takeOver(account) }
    func begin(_ header: RunHeader, with entries: [JournalEntry], epoch: Int64) async throws(JournalError) {
        try await base.begin(header, with: entries, epoch: epoch)
    }
    func append(_ entries: [JournalEntry], to run: RunID, epoch: Int64) async throws(JournalError) {
        guard fate.survives() else { throw JournalError(.unwritten, "the process is dead") }
        try await base.append(entries, to: run, epoch: epoch)
        guard fate.survives() else { throw JournalError(.unwritten, "the process is dead") }
    }
    func runs() async throws(JournalError) -> [RunOverview] { try await base.runs() }
    func entries(of run: RunID) async throws(JournalError) -> [JournalEntry] { try await base.entries(of: run) }
    func remove(_ run: RunID) async throws(JournalError) { try await base.remove(run) }
    func close() async throws(JournalError) {}
}

/// Runs one journaled recipe on a simulated account, in several lives.
final class DurableRunner: Sendable {
    let clock: VirtualClock
    /// What the run takes for the time: the clock, with a time of day that can be set.
    let time: SettableClock
    let serverPilot: SimulatedServerPilot
    /// Of one key each time, so that one seed gives one journal.
    let store = MemoryRunStore(key: 0xcbf2_9ce4_8422_2325)
    let header: RunHeader
    private let source: RecipeSource
    private let surroundings: @Sendable (Fate) -> RecipeSurroundings
    private let requests = Recorder<String>()
    private let events = Recorder<RunEvent>()

    /// What the run has warned of since it was last asked.
    var warnings: [String] {
        events.take().compactMap { if case .warned(let text, _) = $0 { text } else { nil } }
    }

    init(
        _ lua: String, seed: UInt64 = 1, account: Account? = nil, faults: FaultPlan = FaultPlan(),
        surroundings: @escaping @Sendable (Fate) -> RecipeSurroundings = { _ in RecipeSurroundings() }
    ) {
        self.surroundings = surroundings
        var random = SeededRandom(seed: seed)
        let account = account ?? Account.demo(at: RecipeRunner.start, random: &random)
        clock = VirtualClock(now: RecipeRunner.start)
        time = SettableClock(base: clock)
        source = RecipeSource(name: "test.lua", text: Array(lua.utf8))
        let requests = requests
        serverPilot = SimulatedServerPilot(
            account: account, random: random, time: clock,
            credentials: AccountCredentials(clientID: "cid_test", apiKey: Secret("key-for-tests")),
            faults: FaultState(faults, random: SeededRandom(seed: seed)),
            observer: { requests.add("\($0.method) \($0.path) \($0.status)") })
        header = RunHeader(
            id: RunID(rawValue: "test"), recipe: "test.lua", recipeDigest: "", parameters: [:], account: "a",
            accountName: "a", seed: seed, lua: "", program: "", started: RecipeRunner.start)
    }

    struct Life {
        let failure: RecipeFailure?
        let result: JSONValue?
        let summary: RunSummary?
        /// Requests that arrived, as `POST /apps 200`.
        let requests: [String]
        /// Requests that changed something.
        var changes: [String] { requests.filter { !$0.hasPrefix("GET") && $0.hasSuffix(" 200") } }
        var posts: [String] { requests.filter { !$0.hasPrefix("GET") } }
    }

    /// One life of the run, from its beginning to its end or death.
    ///
    /// - Parameters:
    ///   - fate: when it dies.
    ///   - lua: the recipe, where it is another than it was.
    ///   - decision: what a person decided.
    ///   - acceptsRecipeChange: whether the recipe may be another.
    ///   - limits: what the run may use.
    ///   - other: the store that it writes to, in place of the runner's.
    ///   - transport: the way to the account, by way of the runner's.
    ///   - mayDelete: answers questions about deletions; without it nothing is asked.
    ///   - prepare: gets the run before it runs.
    /// - Returns: what came of it.
    /// - Throws: what the store throws.
    func live(
        _ fate: Fate = Fate(), lua: String? = nil, decision: EffectDecision? = nil, acceptsRecipeChange: Bool = false,
        limits: RunLimits = RunLimits(), store other: (any RunStore)? = nil,
        transport: (any Transport) -> any Transport = { $0 }, mayDelete: DeletionQuestion? = nil,
        prepare: (RecipeRun) -> Void = { _ in }
    ) async throws -> Life {
        let epoch = try await store.takeOver("a")
        if try await store.runs().isEmpty { try await store.begin(header, epoch: epoch) }
        let record = try await store.entries(of: header.id)
        let number = Mutex<UInt64>(header.seed &+ UInt64(epoch) &* 7919)
        let engine = RecipeEngine(
            transport: transport(MortalTransport(base: serverPilot.transport, fate: fate)), time: time, limits: limits,
            random: {
                number.withLock { number in
                    number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return number ^ (number >> 29)
                }
            }, mayDelete: mayDelete, surroundings: surroundings(fate), events: { [events] in events.add($0) })
        _ = requests.take()
        do throws(RecipeFailure) {
            let run = try engine.start(
                lua.map { RecipeSource(name: "test.lua", text: Array($0.utf8)) } ?? source, parameters: [:],
                journaled: JournaledRun(
                    store: other ?? MortalStore(base: store, fate: fate), header: header, epoch: epoch, record: record,
                    decision: decision, acceptsRecipeChange: acceptsRecipeChange))
            prepare(run)
            let outcome = try await run.finish()
            return Life(
                failure: nil, result: outcome.result?.reveal(), summary: outcome.summary, requests: requests.take())
        } catch {
            return Life(failure: error, result: nil, summary: nil, requests: requests.take())
        }
    }

    /// The account by names alone, since ids differ: what a judge compares.
    var picture: [String] {
        let account = serverPilot.account
        var lines: [String] = []
        let servers = Dictionary(account.servers.values.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        let users = Dictionary(account.sysusers.values.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        let apps = Dictionary(account.apps.values.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        for server in account.servers.values { lines.append("server \(server.name) \(server.plan) \(server.firewall)") }
        for user in account.sysusers.values {
            lines.append("user \(servers[user.serverID] ?? "?")/\(user.name) keys \(user.sshkeys.count)")
        }
        for app in account.apps.values {
            lines.append(
                "app \(servers[app.serverID] ?? "?")/\(users[app.sysuserID] ?? "?")/\(app.name) \(app.runtime) "
                    + "\(app.domains.keys.sorted()) \(app.ssl.map { "\($0.auto) \($0.force)" } ?? "-")")
        }
        for db in account.databases.values {
            lines.append("db \(apps[db.appID] ?? "?")/\(db.name) user \(db.user.name)")
        }
        for key in account.sshkeys.values { lines.append("key \(key.name) \(key.publicKey)") }
        return lines.sorted()
    }
}
