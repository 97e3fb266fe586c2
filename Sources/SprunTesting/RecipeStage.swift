public import DurableSteps
public import Groundwork
public import RecipeEngine
internal import RecipeLanguage
public import ServerPilot
public import ServerPilotSimulator
internal import Synchronization

/// A simulated account, a virtual clock and an engine: everything that a recipe needs to run in a test.
///
/// ```swift
/// let stage = RecipeStage()
/// let report = await stage.run(
///     """
///     local server = sp.find_server{ name = "www1" }
///     sp.create_sysuser{ serverid = server.id, name = "acme" }
///     """)
/// #expect(report.failure == nil)
/// #expect(report.changes == ["POST /sysusers"])
/// #expect(stage.serverPilot.account.sysusers.values.contains { $0.name == "acme" })
/// ```
///
/// Waiting takes no real time. One seed gives the same ids, durations and secrets.
public final class RecipeStage: Sendable {
    /// The time at which every stage begins: 2023-11-14 22:13:20 UTC.
    public static let start = Timestamp(epochSeconds: 1_700_000_000)
    /// The version of sprun that recipes see.
    public static let program = "0.1.0"

    /// The clock of the account, which advances while everything waits.
    public let clock: VirtualClock
    /// The clock of the run: `clock` with a time of day that a test can set.
    public let time: SettableClock
    /// The simulated account.
    public let serverPilot: SimulatedServerPilot
    private let requests: Recorder<RequestRecord>

    /// Creates a stage.
    ///
    /// - Parameters:
    ///   - account: The account at the beginning; the demo account by default.
    ///   - plan: The durations of actions; realistic by default.
    ///   - faults: The faults of the API; none by default.
    ///   - seed: Determines ids, durations and the demo account.
    public init(
        account: Account? = nil, plan: ActionPlan = .realistic, faults: FaultPlan = FaultPlan(), seed: UInt64 = 1
    ) {
        var random = SeededRandom(seed: seed)
        let demo = Account.demo(at: Self.start, random: &random)
        clock = VirtualClock(now: Self.start)
        time = SettableClock(base: clock)
        let requests = Recorder<RequestRecord>()
        self.requests = requests
        serverPilot = SimulatedServerPilot(
            account: account ?? demo, random: random, time: clock,
            credentials: AccountCredentials(clientID: "cid_test", apiKey: Secret("key-for-tests")), plan: plan,
            faults: FaultState(faults, random: SeededRandom(seed: seed)), observer: { requests.add($0) })
    }

    /// Removes and returns the records of all requests since the last call or run.
    public func takeRequests() -> [RequestRecord] { requests.take() }

    /// Returns a function that draws random numbers from a seed, for `RecipeEngine` and `RecipePlanner`.
    public static func numbers(seed: UInt64) -> @Sendable () -> UInt64 {
        let random = Mutex(SeededRandom(seed: seed))
        return { random.withLock { $0.next() } }
    }

    /// Runs a recipe on the account, and reports what happened.
    ///
    /// - Parameters:
    ///   - lua: The text of the recipe.
    ///   - name: The file name of the recipe.
    ///   - parameters: The parameters, as on the command line.
    ///   - transport: The connection to the account; the simulator's own by default.
    ///   - limits: The limits of the run.
    ///   - surroundings: The services beside the account; none by default.
    ///   - seed: Determines random numbers and generated secrets.
    ///   - journaled: The journal, with the entries of earlier executions; `nil` for a run without a journal.
    ///   - purpose: Whether the run is live, or follows a plan.
    ///   - mayDelete: Asks about each deletion; if `nil`, the run deletes without asking.
    ///   - keepSecret: Stores each generated secret before the recipe gets it.
    ///   - prepare: Gets the run before it starts, to cancel it.
    /// - Returns: The report, also for a run that failed.
    public func run(
        _ lua: String, name: String = "test.lua", parameters: [String: String] = [:],
        transport: (any Transport)? = nil, limits: RunLimits = RunLimits(),
        surroundings: RecipeSurroundings = RecipeSurroundings(program: RecipeStage.program), seed: UInt64 = 1,
        journaled: JournaledRun? = nil, purpose: RunPurpose = .live, mayDelete: DeletionQuestion? = nil,
        keepSecret: @escaping SecretKeeper = { _, _ in }, prepare: (RecipeRun) -> Void = { _ in }
    ) async -> RunReport {
        let events = Recorder<RunEvent>()
        let secrets = Recorder<String>()
        let engine = RecipeEngine(
            transport: transport ?? serverPilot.transport, time: time, limits: limits,
            random: Self.numbers(seed: seed),
            keepSecret: { name, secret in
                secrets.add("\(name):\(secret.reveal().count)")
                try keepSecret(name, secret)
            }, mayDelete: mayDelete, surroundings: surroundings, events: { events.add($0) })
        _ = requests.take()
        let began = clock.now
        let result: Result<RecipeOutcome, RecipeFailure>
        do throws(RecipeFailure) {
            let run = try engine.start(
                RecipeSource(name: name, text: Array(lua.utf8)), parameters: parameters, journaled: journaled,
                purpose: purpose)
            prepare(run)
            result = .success(try await run.finish())
        } catch {
            result = .failure(error)
        }
        return RunReport(
            ending: result, events: events.take(), secrets: secrets.take(), records: requests.take(),
            elapsed: clock.now - began)
    }
}
