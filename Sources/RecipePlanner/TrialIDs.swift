internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// Replaces the ids of a trial's new resources by those of the plan, because each copy of the account makes up its own.
struct TrialIDs {
    private var ids: [String: String] = [:]
    private var known: [PlannedChange]
    private let number: Int

    /// Creates the mapping of a trial.
    ///
    /// - Parameters:
    ///   - plan: the plan so far.
    ///   - number: the number of the trial, which marks the ids of resources that only this trial creates.
    init(_ plan: Plan, trial number: Int) {
        known = plan.allChanges.filter { $0.reply["id"] != nil && Self.creates($0) }
        self.number = number
    }

    /// Returns the events with the ids of the plan.
    mutating func renamed(_ events: [PlanRecorder.Event]) -> [PlanRecorder.Event] {
        events.map { event in
            switch event {
            case .change(let change): .change(renamed(change))
            case .answer(let answer, let line): .answer(renamed(answer), line: line)
            }
        }
    }

    private static func creates(_ change: PlannedChange) -> Bool {
        ServerPilot.Operation.named(change.operation)?.effect == .create
    }

    private func renamed(_ answer: PlanAnswer) -> PlanAnswer {
        let subject = answer.subject
        return PlanAnswer(
            TimedSubject(
                subject.fact, id: ids[subject.id] ?? subject.id, name: subject.name,
                serverID: subject.serverID.map { ids[$0] ?? $0 }), site: answer.site, holds: answer.holds)
    }

    private mutating func renamed(_ change: PlannedChange) -> PlannedChange {
        let arguments = renamed(.object(change.arguments)).objectValue ?? change.arguments
        if Self.creates(change) {
            let twin = known.firstIndex {
                $0.operation == change.operation && $0.step.line == change.step.line
                    && $0.arguments.sorted() == arguments.sorted()
            }
            let planned = twin.map { known.remove(at: $0).reply }
            for id in Self.ids(in: change.reply, planned) { ids[id.made] = id.planned ?? "\(id.made)~\(number)" }
        }
        var detail = change.detail
        if let known = detail {
            detail = PlannedChange.Detail(
                before: known.before.map { renamed($0) }, server: known.server, fallen: known.fallen,
                neighbours: known.neighbours, work: known.work)
        }
        return PlannedChange(
            step: change.step, operation: change.operation, arguments: arguments, site: change.site,
            reply: renamed(change.reply), actionID: change.actionID, refusal: change.refusal, object: change.object,
            detail: detail)
    }

    /// Returns the ids in a reply, each with the planned id; a reply about a database also contains its user's id.
    private static func ids(in reply: JSONValue, _ planned: JSONValue?) -> [(made: String, planned: String?)] {
        [(reply, planned), (reply["user"] ?? .null, planned?["user"])].compactMap { thing, planned in
            thing["id"]?.stringValue.map { ($0, planned?["id"]?.stringValue) }
        }
    }

    private func renamed(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): ids[text].map { .string($0) } ?? value
        case .array(let elements): .array(elements.map { renamed($0) })
        case .object(let members): .object(members.mapValues { renamed($0) })
        default: value
        }
    }
}
