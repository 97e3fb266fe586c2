internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot
internal import ServerPilotSimulator

/// A recipe that was tried out once, on one copy of the account.
struct PlanTrial {
    /// What the recipe changed, and what it met of what only time decides, in the order of the replies.
    let events: [PlanRecorder.Event]
    /// What came of it.
    let result: Result<RecipeOutcome, RecipeFailure>
    /// What noted it.
    let recorder: PlanRecorder
    /// The copy.
    let overlay: AccountOverlay

    init(_ recorder: PlanRecorder, _ overlay: AccountOverlay, _ result: Result<RecipeOutcome, RecipeFailure>) {
        self.recorder = recorder
        self.overlay = overlay
        self.result = result
        events = Self.events(recorder, overlay)
    }

    private init(_ trial: PlanTrial, events: [PlanRecorder.Event]) {
        (recorder, overlay, result) = (trial.recorder, trial.overlay, trial.result)
        self.events = events
    }

    /// Why it failed; `nil` where it did not.
    var failure: RecipeFailure? {
        if case .failure(let failure) = result { failure } else { nil }
    }

    /// The same with other events.
    func with(_ events: [PlanRecorder.Event]) -> PlanTrial { PlanTrial(self, events: events) }

    /// The changes.
    var changes: [PlannedChange] {
        events.compactMap { event in
            if case .change(let change) = event { change } else { nil }
        }
    }

    /// The events of one line of coroutines.
    func events(in line: String) -> [PlanRecorder.Event] { events.filter { $0.line == line } }

    /// What the recipe did, with what the copy knows of it; of the answers those that time could still change.
    private static func events(_ recorder: PlanRecorder, _ overlay: AccountOverlay) -> [PlanRecorder.Event] {
        var known = overlay.changes
        let open = Set(overlay.timedReadings.map(\.subject.place))
        return recorder.events.compactMap { event in
            switch event {
            case .answer(let answer, _): return open.contains(answer.subject.place) ? event : nil
            case .change(var change):
                guard change.refusal == nil,
                    let index = known.firstIndex(where: {
                        $0.operation == change.operation && $0.arguments.sorted() == change.arguments.sorted()
                    })
                else { return event }
                let done = known.remove(at: index)
                change.detail = PlannedChange.Detail(
                    before: done.before, server: done.server,
                    fallen: done.fallen.map { Cascade.Resource(kind: $0.kind, id: $0.id, name: $0.name) },
                    neighbours: done.neighbours, work: done.work)
                return .change(change)
            }
        }
    }
}

extension PlanRecorder.Event {
    /// The line of coroutines that it happened in.
    var line: String {
        switch self {
        case .change(let change): change.step.line
        case .answer(_, let line): line
        }
    }
}

extension JSONObject {
    /// The members in the order of their names, without those that are null: the way through a request's path and body
    /// changes their order, and a request says null where the recipe said nothing.
    func sorted() -> JSONObject {
        var sorted = JSONObject()
        for (name, value) in self.sorted(by: { $0.key < $1.key }) where value != .null {
            sorted[name] = value.objectValue.map { .object($0.sorted()) } ?? value
        }
        return sorted
    }
}
