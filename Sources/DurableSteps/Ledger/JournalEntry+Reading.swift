public import Groundwork
internal import OrderedCollections

extension JournalEntry {
    /// Creates the entry that marks a run as undone: it cannot be resumed any more.
    package static func undone(at time: Timestamp) -> JournalEntry {
        JournalEntry(.ended(Entry.End(.undone)), at: time)
    }

    /// Whether the entry records that something was changed.
    public var isChange: Bool { outcome?.data != nil && !wasSkipped }

    /// The way in which the step got its result; `nil` if it failed, and for an observation that was made.
    public var origin: Entry.Outcome.Origin? {
        if case .skipped = observation?.result { .skipped } else { outcome?.origin }
    }

    /// Whether a person left the entry's step out.
    public var wasSkipped: Bool { origin == .skipped || failure?.code == StepFailure.skipped }

    /// The id of the resource that a change created or returned; `nil` if its reply has none.
    public var repliedID: String? { outcome?.data?["id"]?.stringValue }

    /// The status of a run whose last entry this is.
    package var runStatus: RunOverview.Status {
        switch content {
        case .ended(let end):
            switch end.result {
            case .done: .done
            case .failed(StepFailure.cancelled, _): .interrupted
            case .failed: .failed
            case .undone: .undone
            }
        case .stopped: .stopped
        case .intent, .outcome, .observed, .secret, .recipe, .plan, .retry: .unfinished
        }
    }
}

extension Entry.Stop {
    /// The decisions that a person can take.
    public var decisions: [EffectDecision] { EffectDecision.all(choices, of: candidates) }
}

extension StepCall {
    /// Returns the call as shown to people: `create_app acmesite at site.lua:12`.
    ///
    /// - Parameter object: the name of the target; `nil` if the call has none.
    /// - Returns: the text.
    public func description(of object: String?) -> String {
        "\(call.name)\(object.map { " \($0)" } ?? "")\(site.isEmpty ? "" : " at \(site)")"
    }
}

extension [JournalEntry] {
    /// The end of the last execution; `nil` if none has ended.
    public var lastEnd: Entry.End? { lazy.compactMap(\.end).last }

    /// The code of the failure with which the last execution ended; `nil` if it completed or none has ended.
    public var lastFailureCode: String? {
        if case .failed(let code, _) = lastEnd?.result { code } else { nil }
    }

    /// The result recorded at the run's end; `nil` if it has none or has not completed.
    public var result: JSONValue? { if case .done(let result) = lastEnd?.result { result } else { nil } }

    /// The entry that `--skip` applies to; `nil` if there is none.
    ///
    /// It is the open question; otherwise the last failed step that resume retries; otherwise a change whose outcome is
    /// unknown.
    public var stumblingBlock: JournalEntry? {
        if let openQuestion { return openQuestion }
        let record = RunRecord(self)
        let code = lastFailureCode
        return record.retried.last { $0.failure?.code == code } ?? record.retried.last
            ?? record.intents.first.flatMap(record.entry)
    }

    /// The last reported stop, if its step has had no outcome since; a decision applies to it.
    public var openQuestion: JournalEntry? {
        guard let index = lastIndex(where: { $0.stop?.isReported ?? false }) else { return nil }
        let stop = self[index]
        return self[index...].contains { $0.kind == .outcome && $0.step == stop.step } ? nil : stop
    }
}
