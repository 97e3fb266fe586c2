internal import OrderedCollections
public import RecipeEngine
public import ServerPilot
internal import ServerPilotSimulator

/// Makes plans: runs a recipe unchanged on a copy of the account, and notes what it does.
///
/// The copy fills itself from the account by GETs, and nothing else is sent. Loops, conditions on results, waits and ids
/// from creations happen on it as they would; its waits take no time.
///
/// ```swift
/// let planner = RecipePlanner(transport: transport, now: clock.now, seed: 7, random: random)
/// let planned = try await planner.plan(source, header: header)
/// for change in planned.plan.changes { print(change.words) }
/// ```
public struct RecipePlanner: Sendable {
    /// A plan, and what came with its making.
    public struct Planned: Sendable {
        /// The plan.
        public let plan: Plan
        /// What the recipe gives, secrets taken out; as far as it depends on what is made, it is made up.
        public let result: JSONValue?
        /// GETs that the account was sent.
        public let requests: Int
        /// What must appear in nothing that is shown of the plan: all that the recipe was known to hold as a secret.
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

    /// A planner.
    ///
    /// - Parameters:
    ///   - transport: the way to the account; it is sent nothing but GETs.
    ///   - now: the time at which the recipe would begin.
    ///   - seed: decides the ids that are made up, and how long work takes.
    ///   - limits: what the recipe may use.
    ///   - random: where random numbers and generated secrets come from; it must be fit for secrets.
    ///   - surroundings: where imports come from, and what else recipes can ask beside the account.
    ///   - redactor: what must appear in nothing that is said: the account's own credentials.
    ///   - events: is told what the recipe says.
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
    /// The recipe is tried out, and where it asks for what only time decides, it is tried out again for the ways in which
    /// time may decide: all of them on what the account answered once.
    ///
    /// - Parameters:
    ///   - source: the recipe.
    ///   - header: for whom and what; its parameters are what the recipe gets.
    /// - Returns: the plan.
    /// - Throws: `RecipeFailure`: as the run itself would fail, whatever time decides.
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
        // Where no way that was tried makes a difference, the others would be noise.
        if !finder.isExact || (schedule.left > 0 && !plan.branches.isEmpty) {
            plan.assumptions.append(PlanWarnings.cutOff(schedule.left))
        }
        return Planned(
            plan: plan, result: outcome.redactedResult, requests: reads.requests,
            redactor: outcome.redactor.union(plan.redactor))
    }

    /// Which trial the plan is made of: the first, or where that fails, one that does not.
    ///
    /// When AutoSSL becomes available is the copy's guess: that a recipe did not wait long enough for it is a branch of
    /// the plan. That a server never connected is how the account is.
    private static func trunk(of trials: [PlanTrial]) -> Int {
        let facts = trials[0].overlay.timedReadings.map(\.subject.fact)
        guard trials[0].failure != nil, facts.allSatisfy({ $0 == .autoSSLIsAvailable }) else { return 0 }
        return trials.firstIndex { $0.failure == nil } ?? 0
    }

    /// Tries the recipe out once.
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

    /// What the account said to what the plan rests on; a question about what the plan made up has no answer there.
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

    /// Asks again what a plan rests on.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - record: what the run that follows it has written so far: what that did is no drift.
    /// - Returns: what has moved since, a sentence each; empty where the plan still holds.
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
