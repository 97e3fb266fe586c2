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
    /// - Parameters:
    ///   - source: the recipe.
    ///   - header: for whom and what; its parameters are what the recipe gets.
    /// - Returns: the plan.
    /// - Throws: `RecipeFailure`: as the run itself would fail.
    public func plan(_ source: RecipeSource, header: Plan.Header) async throws(RecipeFailure) -> Planned {
        let overlay = AccountOverlay(over: transport, at: now, seed: seed)
        let recorder = PlanRecorder()
        var surroundings = surroundings
        surroundings.connects = { overlay.connect($0) }
        let engine = RecipeEngine(
            transport: overlay, time: overlay.clock, limits: limits, random: random, surroundings: surroundings,
            redactor: redactor, events: events)
        var parameters: [String: String] = [:]
        for (name, value) in header.parameters { parameters[name] = value }
        var header = header
        header.seed = seed
        let run = try engine.start(
            source, parameters: parameters, purpose: .planning(recorder, seed: header.seed))
        let outcome = try await run.finish()
        var plan = Plan(
            header: header, changes: Self.changes(recorder, overlay), answers: Self.answers(recorder, overlay),
            draws: recorder.draws, declared: recorder.declared, secrets: recorder.secrets,
            duration: overlay.clock.now - now)
        plan.warnings = PlanWarnings.warnings(of: plan, at: now)
        plan.assumptions = PlanWarnings.assumptions(overlay.refusals, overlay.timedApps, plan)
        return Planned(
            plan: plan, result: outcome.redactedResult, requests: overlay.requests, redactor: outcome.redactor)
    }

    /// What the recipe changed, with what the copy knows of it.
    private static func changes(_ recorder: PlanRecorder, _ overlay: AccountOverlay) -> [PlannedChange] {
        var known = overlay.changes
        return recorder.changes.map { change in
            guard change.refusal == nil,
                let index = known.firstIndex(where: {
                    $0.operation == change.operation && Self.sorted($0.arguments) == Self.sorted(change.arguments)
                })
            else { return change }
            let done = known.remove(at: index)
            var change = change
            change.detail = PlannedChange.Detail(
                before: done.before, server: done.server,
                fallen: done.fallen.map { Cascade.Resource(kind: $0.kind, id: $0.id, name: $0.name) },
                neighbours: done.neighbours, work: done.work)
            return change
        }
    }

    /// The members in the order of their names: the way through a request's path and body changes theirs.
    private static func sorted(_ object: JSONObject) -> JSONObject {
        var sorted = JSONObject()
        for (name, value) in object.sorted(by: { $0.key < $1.key }) {
            sorted[name] = value.objectValue.map { .object(Self.sorted($0)) } ?? value
        }
        return sorted
    }

    /// What the account said to what the plan rests on; a question about what the plan made up has no answer there.
    private static func answers(_ recorder: PlanRecorder, _ overlay: AccountOverlay) -> [Plan.Answer] {
        let things = ChangedThings(overlay)
        var index = AnswerIndex()
        let readings = OrderedSet(recorder.readings).union(recorder.changes.flatMap { things.questions(of: $0) })
        return OrderedSet(readings.map(things.asked)).compactMap { reading in
            overlay.answer(reading.operation, reading.arguments).map { data in
                Plan.Answer(reading, index.answer(reading, in: data))
            }
        }
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
            let now = own.without(index.answer(reading, in: data[question] ?? .null))
            let before = own.without(answer.answer)
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
