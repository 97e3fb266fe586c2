internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// Holds a run to a plan: each request that changes something is compared before it is sent.
///
/// Steps are compared one by one and not in one order: what runs side by side may take turns otherwise than planned.
final class PlanFollower: Sendable {
    private struct State {
        var left: OrderedDictionary<StepID, PlannedChange>
        /// The ids that things got, by those that the plan had made up.
        var ids: [String: String] = [:]
    }

    private let state: Mutex<State>
    private let plan: Plan

    init(_ plan: Plan) {
        self.plan = plan
        state = Mutex(State(left: OrderedDictionary(plan.changes.map { ($0.step, $0) }, uniquingKeysWith: { $1 })))
    }

    /// Compares a change with the plan.
    ///
    /// - Throws: `RunStop.differs`.
    func check(
        _ step: StepID, _ operation: ServerPilot.Operation.Name, _ arguments: JSONObject, at site: String
    ) throws(RunStop) {
        let (planned, ids) = state.withLock { ($0.left[step], $0.ids) }
        let now = PlannedChange(
            step: step, operation: operation, arguments: arguments, site: site, reply: .null, actionID: nil,
            refusal: nil)
        guard let planned else {
            let next = state.withLock {
                $0.left.values.first { $0.step.coroutine == step.coroutine } ?? $0.left.values.first
            }
            throw .differs(planned: next?.words ?? "nothing more", now: now.words, fields: [])
        }
        guard planned.operation == operation else {
            throw .differs(planned: planned.words, now: now.words, fields: [])
        }
        let names = OrderedSet(planned.arguments.keys).union(arguments.keys)
        let fields = names.filter { name in
            planned.arguments[name].map { Self.translated($0, ids) } != arguments[name]
        }
        guard fields.isEmpty else {
            throw .differs(planned: planned.words, now: now.words, fields: fields.elements)
        }
    }

    /// Takes the ids out of the reply to a change.
    func note(_ reply: Reply, at step: StepID) {
        state.withLock { state in
            guard let planned = state.left.removeValue(forKey: step) else { return }
            Self.pair(planned.reply, reply.data, &state.ids)
            if let made = planned.actionID, let real = reply.actionID { state.ids[made] = real.rawValue }
        }
    }

    /// A change was refused.
    func noteRefusal(at step: StepID) { state.withLock { _ = $0.left.removeValue(forKey: step) } }

    /// The number that the plan drew there.
    func draw(at step: StepID) -> JSONValue? { plan.draws[step] }

    /// The secret that the plan generated.
    func secret(_ name: String) -> String? { plan.secrets[name]?.reveal() }

    /// At the end: a planned change that was not made.
    var leftover: PlannedChange? { state.withLock { $0.left.values.first } }

    private static func translated(_ value: JSONValue, _ ids: [String: String]) -> JSONValue {
        switch value {
        case .string(let text): ids[text].map { .string($0) } ?? value
        case .array(let elements): .array(elements.map { translated($0, ids) })
        case .object(let members): .object(members.mapValues { translated($0, ids) })
        default: value
        }
    }

    /// Pairs the ids of two replies to the same call.
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
