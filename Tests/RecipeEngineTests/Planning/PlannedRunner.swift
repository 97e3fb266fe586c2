import Groundwork
import HTTPTypes
import OrderedCollections
import RecipeEngine
import RecipeLanguage
import RecipePlanner
import ServerPilot
import ServerPilotSimulator
import SprunTesting

/// Plans one recipe on a simulated account that counts what it is sent, and follows the plan.
final class PlannedRunner: Sendable {
    let stage: RecipeStage
    let source: RecipeSource
    let changeLog: ChangeLog
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
        stage = RecipeStage(account: account, seed: seed ^ (account == nil ? 0 : 0x7265_616c))
        source = RecipeSource(name: name, text: Array(lua.utf8))
        self.seed = seed
        changeLog = ChangeLog(stage.serverPilot.transport, account: stage.serverPilot.account)
    }

    var clock: VirtualClock { stage.clock }
    var serverPilot: SimulatedServerPilot { stage.serverPilot }

    /// What arrived since it was asked last.
    func sent() -> [String] { stage.takeRequests().map { "\($0.method) \($0.path) \($0.status)" } }

    private var header: Plan.Header {
        Plan.Header(
            recipe: source.name, recipeDigest: "",
            parameters: OrderedDictionary(uniqueKeysWithValues: parameters.map { ($0.key, $0.value) }),
            account: "a", accountName: "a", seed: seed, lua: "",
            program: "", made: clock.now)
    }

    var planner: RecipePlanner {
        RecipePlanner(
            transport: serverPilot.transport, now: clock.now, seed: seed ^ 0x706c_616e,
            random: RecipeStage.numbers(seed: seed &+ 11),
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
            transport: transport ?? changeLog, time: clock, random: RecipeStage.numbers(seed: seed &+ 22),
            surroundings: surroundings, events: { _ in })
        return try await engine.start(source(lua), parameters: parameters, purpose: .following(plan)).finish()
    }
}
