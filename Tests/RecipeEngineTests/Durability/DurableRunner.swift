import DurableSteps
import Groundwork
import HTTPTypes
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
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
    func epoch(of account: String) async throws(JournalError) -> Int64 { try await base.epoch(of: account) }
    func begin(_ header: RunHeader, with entries: [JournalEntry], after epoch: Int64) async throws(JournalError)
        -> Int64
    {
        guard fate.survives() else { throw JournalError(.unwritten, "the process is dead") }
        let raised = try await base.begin(header, with: entries, after: epoch)
        guard fate.survives() else { throw JournalError(.unwritten, "the process is dead") }
        return raised
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

/// Runs one journaled recipe on a stage, in several lives.
final class DurableRunner: Sendable {
    let stage: RecipeStage
    /// Of one key each time, so that one seed gives one journal.
    let store = MemoryRunStore(key: 0xcbf2_9ce4_8422_2325)
    let header: RunHeader
    private let lua: String
    private let surroundings: @Sendable (Fate) -> RecipeSurroundings
    private let events = Recorder<RunEvent>()
    private let lives = Mutex<UInt64>(0)

    var clock: VirtualClock { stage.clock }
    var time: SettableClock { stage.time }
    var serverPilot: SimulatedServerPilot { stage.serverPilot }

    /// What the run has warned of since it was last asked.
    var warnings: [String] {
        events.take().compactMap { if case .warned(let text, _) = $0 { text } else { nil } }
    }

    init(
        _ lua: String, seed: UInt64 = 1, account: Account? = nil, faults: FaultPlan = FaultPlan(),
        surroundings: @escaping @Sendable (Fate) -> RecipeSurroundings = { _ in RecipeSurroundings() }
    ) {
        self.surroundings = surroundings
        self.lua = lua
        stage = RecipeStage(account: account, faults: faults, seed: seed)
        header = RunHeader(
            id: RunID(rawValue: "test"), recipe: "test.lua", recipeDigest: "", parameters: [:], account: "a",
            accountName: "a", seed: seed, lua: "", program: "", started: RecipeStage.start)
    }

    struct Life {
        let report: RunReport

        var failure: RecipeFailure? { report.failure }
        var result: JSONValue? { report.result }
        var summary: RunSummary? { report.outcome?.summary }
        /// Requests that arrived, as `POST /apps 200`.
        var requests: [String] { report.exchanges }
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
        let lives = lives.withLock { lives in
            lives += 1
            return lives
        }
        let written = other ?? MortalStore(base: store, fate: fate)
        let journaled =
            try await store.runs().isEmpty
            ? JournaledRun(new: header, in: written, after: try await store.epoch(of: "a"))
            : JournaledRun(
                store: written, header: header, epoch: try await store.takeOver("a"),
                record: try await store.entries(of: header.id), decision: decision,
                acceptsRecipeChange: acceptsRecipeChange)
        let report = await stage.run(
            lua ?? self.lua, transport: transport(MortalTransport(base: serverPilot.transport, fate: fate)),
            limits: limits, surroundings: surroundings(fate), seed: header.seed &+ lives &* 7919,
            journaled: journaled, mayDelete: mayDelete, prepare: prepare)
        for event in report.events { events.add(event) }
        return Life(report: report)
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
