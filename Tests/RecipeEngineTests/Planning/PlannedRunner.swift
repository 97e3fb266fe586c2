import Groundwork
import HTTPTypes
import OrderedCollections
import RecipeEngine
import RecipePlanner
import ServerPilot
import ServerPilotSimulator
import Synchronization

/// Plans one recipe on a simulated account that counts what it is sent, and follows the plan.
final class PlannedRunner: Sendable {
    let clock: VirtualClock
    let serverPilot: SimulatedServerPilot
    let source: RecipeSource
    let changeLog: ChangeLog
    private let requests = Recorder<String>()
    private let seed: UInt64
    private let parameters: [String: String]
    private let surroundings: RecipeSurroundings

    init(
        _ lua: String, name: String = "test.lua", seed: UInt64 = 1, account: Account? = nil,
        parameters: [String: String] = [:], surroundings: RecipeSurroundings = RecipeSurroundings()
    ) {
        self.surroundings = surroundings
        self.parameters = parameters
        // Not the numbers that a given account was made of: its ids would come again.
        var random = SeededRandom(seed: seed ^ (account == nil ? 0 : 0x7265_616c))
        let account = account ?? Account.demo(at: RecipeRunner.start, random: &random)
        clock = VirtualClock(now: RecipeRunner.start)
        source = RecipeSource(name: name, text: Array(lua.utf8))
        self.seed = seed
        let requests = requests
        serverPilot = SimulatedServerPilot(
            account: account, random: random, time: clock,
            credentials: AccountCredentials(clientID: "cid_test", apiKey: Secret("key-for-tests")),
            observer: { requests.add("\($0.method) \($0.path) \($0.status)") })
        changeLog = ChangeLog(serverPilot.transport, account: account)
    }

    /// What arrived since it was asked last.
    func sent() -> [String] { requests.take() }

    private var header: Plan.Header {
        Plan.Header(
            recipe: source.name, recipeDigest: "",
            parameters: OrderedDictionary(uniqueKeysWithValues: parameters.map { ($0.key, $0.value) }),
            account: "a", accountName: "a", seed: seed, lua: "",
            program: "", made: clock.now)
    }

    private static func numbers(_ seed: UInt64) -> @Sendable () -> UInt64 {
        let random = Locked(SeededRandom(seed: seed))
        return { random.next() }
    }

    /// Random numbers for everybody.
    private final class Locked: Sendable {
        private let random: Mutex<SeededRandom>
        init(_ random: SeededRandom) { self.random = Mutex(random) }
        func next() -> UInt64 { random.withLock { $0.next() } }
    }

    var planner: RecipePlanner {
        RecipePlanner(
            transport: serverPilot.transport, now: clock.now, seed: seed ^ 0x706c_616e,
            random: Self.numbers(seed &+ 11),
            surroundings: surroundings)
    }

    func plan(_ lua: String? = nil) async throws(RecipeFailure) -> RecipePlanner.Planned {
        try await planner.plan(source(lua), header: header)
    }

    private func source(_ lua: String?) -> RecipeSource {
        lua.map { RecipeSource(name: source.name, text: Array($0.utf8)) } ?? source
    }

    /// Runs the recipe for real, held to the plan; another way to the account should lead to `changeLog`.
    func follow(
        _ plan: Plan, lua: String? = nil, transport: (any Transport)? = nil
    ) async throws(RecipeFailure) -> RecipeOutcome {
        let engine = RecipeEngine(
            transport: transport ?? changeLog, time: clock, random: Self.numbers(seed &+ 22),
            surroundings: surroundings, events: { _ in })
        return try await engine.start(source(lua), parameters: parameters, purpose: .following(plan)).finish()
    }
}
