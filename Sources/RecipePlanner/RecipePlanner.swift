public import DurableSteps
public import Groundwork
internal import OrderedCollections
public import RecipeEngine
public import RecipeLanguage
public import ServerPilot
internal import ServerPilotSimulator

/// Makes plans: runs a recipe unchanged on a copy of the account, and records its changes.
///
/// The copy loads itself from the account with GETs. The planner sends nothing else. Loops, conditions on results,
/// waits and ids of new resources work on the copy. Waits take no time.
///
/// ```swift
/// func preview(
///     _ source: RecipeSource, header: Plan.Header, transport: any Transport, clock: any TimeSource
/// ) async throws {
///     let planner = RecipePlanner(
///         transport: transport, now: clock.now, seed: 7, random: { .random(in: .min ... .max) })
///     let planned = try await planner.plan(source, header: header)
///     for change in planned.plan.changes { print(change.words) }
/// }
/// ```
public struct RecipePlanner: Sendable {
    /// A plan, with the result and the secrets of its trials.
    public struct Planned: Sendable {
        /// The plan.
        public let plan: Plan
        /// The result of the recipe, without secrets; parts that depend on new resources are made up.
        public let result: JSONValue?
        /// The number of GETs sent to the account.
        public let requests: Int
        /// The redactor for everything that is shown of the plan, with all known secrets of the recipe.
        public let redactor: Redactor
    }

    private let transport: any Transport
    private let now: Timestamp
    private let seed: UInt64
    private let limits: RunLimits
    private let random: @Sendable () -> UInt64
    private let surroundings: RecipeSurroundings
    private let redactor: Redactor
    private let events: @Sendable (RunEvent) -> Void

    /// Creates a planner.
    ///
    /// - Parameters:
    ///   - transport: the connection to the account. It receives only GETs.
    ///   - now: the time at which the recipe would begin.
    ///   - seed: determines the generated ids, and the duration of work.
    ///   - limits: the limits of the recipe.
    ///   - random: the source of random numbers and generated secrets. It must be secure enough for secrets.
    ///   - surroundings: the source of imports, and the services besides the account that recipes may use.
    ///   - redactor: the secrets to remove from all output: the account's own credentials.
    ///   - events: receives the events of the recipe's first trial.
    public init(
        transport: any Transport, now: Timestamp, seed: UInt64, limits: RunLimits = RunLimits(),
        random: @escaping @Sendable () -> UInt64, surroundings: RecipeSurroundings = RecipeSurroundings(),
        redactor: Redactor = Redactor(), events: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) {
        self.surroundings = surroundings
        self.redactor = redactor
        self.transport = transport
        self.now = now
        self.seed = seed
        self.limits = limits
        self.random = random
        self.events = events
    }

    /// Makes a plan.
    ///
    /// The planner runs the recipe on a copy. If the recipe reads timed facts, the planner runs it again for the ways
    /// in which time may decide. All trials share the account's first replies.
    ///
    /// - Parameters:
    ///   - source: the recipe.
    ///   - header: the account and the recipe of the plan, with the parameters for the recipe.
    /// - Returns: The plan.
    /// - Throws: `RecipeFailure`, if the run itself would fail however time decides.
    public func plan(_ source: RecipeSource, header: Plan.Header) async throws(RecipeFailure) -> Planned {
        let reads = SharedReads(of: transport)
        var header = header
        header.seed = seed
        var trials = [await attempt(source, header, Foresight(), on: reads, after: nil, events)]
        let schedule = TrialSchedule(trials[0].overlay.timedReadings)
        for foresight in schedule.foresights where !Task.isCancelled {
            trials.append(await attempt(source, header, foresight, on: reads, after: trials.last?.recorder) { _ in })
        }
        let trunk = trials.remove(at: Self.trunk(of: trials))
        let outcome = try trunk.result.get()
        var plan = Plan(header: header, changes: trunk.changes, answers: [])
        plan.duration = trunk.overlay.clock.now - now
        var finder = BranchFinder(plan, trunk: trunk)
        for trial in trials { finder.add(trial) }
        finder.check()
        plan = finder.plan
        let all = [trunk] + trials
        plan.answers = Self.answers(all)
        plan.draws = all.map(\.recorder).reduce(into: [:]) { $0.merge($1.draws) { first, _ in first } }
        plan.secrets = all.map(\.recorder).reduce(into: [:]) { $0.merge($1.secrets) { first, _ in first } }
        plan.declared = OrderedSet(all.flatMap(\.recorder.declared)).elements
        plan.warnings = PlanWarnings.warnings(of: plan, at: now)
        plan.assumptions = PlanWarnings.assumptions(trunk.overlay.refusals, plan)
        // If no tried way makes a difference, a note about the others would be noise.
        if !finder.isExact || (schedule.left > 0 && !plan.branches.isEmpty) {
            plan.assumptions.append(PlanWarnings.cutOff(schedule.left))
        }
        return Planned(
            plan: plan, result: outcome.redactedResult, requests: reads.requests,
            redactor: outcome.redactor.union(plan.redactor))
    }

    /// Returns the index of the trial that becomes the trunk: the first, or if it fails, a trial that succeeds.
    ///
    /// The copy only guesses when AutoSSL becomes available. A recipe that did not wait long enough becomes a branch of
    /// the plan. A server that has never connected is a fact of the account, not a guess.
    private static func trunk(of trials: [PlanTrial]) -> Int {
        let facts = trials[0].overlay.timedReadings.map(\.subject.fact)
        guard trials[0].failure != nil, facts.allSatisfy({ $0 == .autoSSLIsAvailable }) else { return 0 }
        return trials.firstIndex { $0.failure == nil } ?? 0
    }

    /// Runs the recipe once, on a new copy.
    private func attempt(
        _ source: RecipeSource, _ header: Plan.Header, _ foresight: Foresight, on reads: SharedReads,
        after earlier: PlanRecorder?, _ events: @escaping @Sendable (RunEvent) -> Void
    ) async -> PlanTrial {
        let overlay = AccountOverlay(over: reads, at: now, seed: seed, foresight: foresight)
        let recorder = PlanRecorder(after: earlier)
        var surroundings = surroundings
        surroundings.connects = { overlay.connect($0) }
        let engine = RecipeEngine(
            transport: overlay, time: overlay.clock, limits: limits, random: random, surroundings: surroundings,
            redactor: redactor, events: events)
        var parameters: [String: String] = [:]
        for (name, value) in header.parameters { parameters[name] = value }
        do throws(RecipeFailure) {
            let run = try engine.start(
                source, parameters: parameters, purpose: .planning(recorder, seed: header.seed))
            return PlanTrial(recorder, overlay, .success(try await run.finish()))
        } catch {
            return PlanTrial(recorder, overlay, .failure(error))
        }
    }

    /// Returns the account's answers to the plan's questions; questions about resources that the plan made up have
    /// none.
    private static func answers(_ trials: [PlanTrial]) -> [Plan.Answer] {
        var answers: OrderedDictionary<PlanReading, JSONValue> = [:]
        for trial in trials {
            let things = ChangedThings(trial.overlay)
            var index = AnswerIndex()
            let readings =
                OrderedSet(trial.recorder.readings).union(trial.recorder.changes.flatMap { things.questions(of: $0) })
            for reading in OrderedSet(readings.map(things.asked)) where answers[reading] == nil {
                answers[reading] = trial.overlay.answer(reading.operation, reading.arguments).map { data in
                    index.answer(reading, in: data)
                }
            }
        }
        return answers.map { Plan.Answer($0.key, $0.value) }
    }

    /// Reads again the facts on which a plan depends.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - record: the journal entries so far of the run that follows the plan. The run's own changes are no drift.
    /// - Returns: The changes since the plan was made, one sentence each; empty if the plan still holds.
    /// - Throws: `ServerPilotError`.
    public func drift(
        of plan: Plan, after record: [JournalEntry] = []
    ) async throws(ServerPilotError) -> [String] {
        let own = OwnChanges(record)
        var data: OrderedDictionary<String, JSONValue> = [:]
        var moved: OrderedSet<String> = []
        var index = AnswerIndex()
        for answer in plan.answers {
            let reading = answer.reading
            guard let operation = ServerPilot.Operation.named(reading.operation) else { continue }
            let question = "\(reading.operation) \(JSONValue.object(reading.arguments).text())"
            if data[question] == nil { data[question] = try await ask(operation, reading.arguments) }
            let before = own.without(answer.answer)
            let now = PlanReading.settled(
                own.without(index.answer(reading, in: data[question] ?? .null)), since: before)
            if now != before { moved.append(contentsOf: PlanDrift.words(operation.kind, before: before, now: now)) }
        }
        return moved.elements
    }

    private func ask(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject
    ) async throws(ServerPilotError) -> JSONValue {
        do throws(ServerPilotError) {
            return operation.withoutHidden(try await transport.call(operation, arguments).data)
        } catch  where error.code == .notFound {
            return .null
        }
    }
}
