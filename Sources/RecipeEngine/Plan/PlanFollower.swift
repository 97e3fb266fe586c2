internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// The check that holds a run to a plan: it compares each change with the plan before the change is sent.
///
/// Coroutines may interleave in another order than planned, so each change is compared with the next change of its own
/// line of coroutines. The numbers of their calls do not count: a recipe that polls another API until a resource is
/// ready makes more calls than in its plan. A change outside the account may be left out, because the plan has not
/// asked there whether it is needed. If only time decides what the recipe does, the answers in the run select the
/// branch.
final class PlanFollower: Sendable {
    private struct State {
        /// The progress of the run on the paths of the plan.
        var ways: PlanWays
        /// The planned changes that were reached and have no reply yet, by the steps that make them.
        var reached: OrderedDictionary<StepID, PlannedChange> = [:]
        /// The real ids of resources, by the ids that the plan made up.
        var ids: [String: String] = [:]
        /// The values of real replies from outside the account, by the declared values.
        var declared = DeclaredValues()
    }

    private let state: Mutex<State>
    private let plan: Plan

    init(_ plan: Plan) {
        self.plan = plan
        state = Mutex(State(ways: PlanWays(plan)))
    }

    /// Compares a change with the plan: its arguments, or outside the account its target.
    ///
    /// - Returns: the planned change.
    /// - Throws: `RunStop.differs`.
    @discardableResult
    func check(_ now: PlannedChange) throws(RunStop) -> PlannedChange {
        let line = now.step.line
        let (planned, next, ids, declared) = state.withLock { state in
            if state.reached[now.step] == nil {
                let (ids, declared) = (state.ids, state.declared)
                state.reached[now.step] = state.ways.take(in: line) { Self.isSame($0, now, ids, declared) }
            }
            return (state.reached[now.step], state.ways.next(near: line), state.ids, state.declared)
        }
        guard let planned else {
            throw .differs(planned: next?.words ?? "no further change", now: now.words, fields: [])
        }
        guard !now.isOutside else { return planned }
        let names = OrderedSet(planned.arguments.keys).union(now.arguments.keys)
        let fields = names.filter { name in
            guard let wanted = planned.arguments[name].map({ Self.translated($0, ids) }),
                let given = now.arguments[name]
            else { return true }
            return !declared.matches(wanted, given)
        }
        guard fields.isEmpty else {
            throw .differs(planned: planned.words, now: now.words, fields: fields.elements)
        }
        return planned
    }

    /// Returns whether a planned change is this call; outside the account, only if both have the same target.
    private static func isSame(
        _ planned: PlannedChange, _ now: PlannedChange, _ ids: [String: String], _ declared: DeclaredValues
    ) -> Bool {
        guard planned.operation == now.operation else { return false }
        guard now.isOutside else { return true }
        var known = declared
        for (made, got) in ids { known.pair(made, got) }
        return known.matches(planned.object ?? "", now.object ?? "")
    }

    /// Returns the ids that the plan deletes along with the deletion reached at a step; `nil` at any other step.
    func fallen(at step: StepID) -> Set<String>? {
        state.withLock { state in
            let fallen = state.reached[step].map { $0.detail?.fallen ?? [] }
            return fallen.map { Set($0.map { state.ids[$0.id] ?? $0.id }) }
        }
    }

    /// Learns real ids, or outside the account real values, from the reply to a change.
    func note(_ reply: ChangeReply, at step: StepID) {
        state.withLock { state in
            guard let planned = state.reached.removeValue(forKey: step) else { return }
            guard !planned.isOutside else { return state.declared.pair(planned.reply, reply.data) }
            Self.pair(planned.reply, reply.data, &state.ids)
            if let made = planned.actionID, let real = reply.action { state.ids[made] = real }
        }
    }

    /// Learns the real values from the reply to a read outside the account.
    func note(_ answer: DeclaredAnswer) {
        state.withLock { state in
            let declared = state.declared
            for planned in plan.declared
            where planned.operation == answer.operation && declared.matches(planned.object, answer.object) {
                state.declared.pair(planned.value, answer.value)
            }
        }
    }

    /// Records that a change was refused.
    func noteRefusal(at step: StepID) { state.withLock { _ = $0.reached.removeValue(forKey: step) } }

    /// Returns the random number or digest that the plan has for the step.
    func draw(at step: StepID) -> JSONValue? { plan.draws[step] }

    /// Returns the secret that the plan generated.
    func secret(_ name: String) -> String? { plan.secrets[name]?.reveal() }

    /// Records facts that only time decides, so that the run takes the plan's branch for them.
    func note(_ answers: [PlanAnswer]) {
        guard !plan.branches.isEmpty else { return }
        state.withLock { state in
            for var answer in answers {
                let id = answer.subject.id
                let madeUp = state.ids.first { $0.value == id }?.key ?? id
                answer.subject = TimedSubject(
                    answer.subject.fact, id: madeUp, name: answer.subject.name, serverID: answer.subject.serverID)
                state.ways.note(answer)
            }
        }
    }

    /// At the end of the run, a planned change that was not made.
    var leftover: PlannedChange? {
        state.withLock { $0.reached.values.first ?? $0.ways.leftover }
    }

    private static func translated(_ value: JSONValue, _ ids: [String: String]) -> JSONValue {
        switch value {
        case .string(let text): ids[text].map { .string($0) } ?? value
        case .array(let elements): .array(elements.map { translated($0, ids) })
        case .object(let members): .object(members.mapValues { translated($0, ids) })
        default: value
        }
    }

    /// Pairs the ids in two replies to the same call.
    private static func pair(_ planned: JSONValue, _ real: JSONValue, _ ids: inout [String: String]) {
        guard case .object(let members) = planned else { return }
        for (name, value) in members {
            if name == "id", let made = value.stringValue, let got = real["id"]?.stringValue {
                if made != got { ids[made] = got }
            } else if case .object = value, let other = real[name] {
                pair(value, other, &ids)
            }
        }
    }
}
