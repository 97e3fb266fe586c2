internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot
internal import ServerPilotSimulator

/// One trial of a recipe, on one copy of the account.
struct PlanTrial {
    /// The recipe's changes, and the timed facts that it read, in the order of the replies.
    let events: [PlanRecorder.Event]
    /// The outcome of the trial.
    let result: Result<RecipeOutcome, RecipeFailure>
    /// The recorder of the trial.
    let recorder: PlanRecorder
    /// The copy of the account.
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

    /// The reason why the trial failed; `nil` if it succeeded.
    var failure: RecipeFailure? {
        if case .failure(let failure) = result { failure } else { nil }
    }

    /// Returns the trial with other events.
    func with(_ events: [PlanRecorder.Event]) -> PlanTrial { PlanTrial(self, events: events) }

    /// The recipe's changes.
    var changes: [PlannedChange] {
        events.compactMap { event in
            if case .change(let change) = event { change } else { nil }
        }
    }

    /// Returns the events of one coroutine line.
    func events(in line: String) -> [PlanRecorder.Event] { events.filter { $0.line == line } }

    /// Returns the recorded events, with the copy's details of changes and without answers about settled facts.
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
    /// The coroutine line of the event.
    var line: String {
        switch self {
        case .change(let change): change.step.line
        case .answer(_, let line): line
        }
    }
}

extension JSONObject {
    /// Returns the members in the order of their names, without nulls.
    ///
    /// A request's path and body change the order of members. A request contains null where the recipe left a value
    /// out.
    func sorted() -> JSONObject {
        var sorted = JSONObject()
        for (name, value) in self.sorted(by: { $0.key < $1.key }) where value != .null {
            sorted[name] = value.objectValue.map { .object($0.sorted()) } ?? value
        }
        return sorted
    }
}
