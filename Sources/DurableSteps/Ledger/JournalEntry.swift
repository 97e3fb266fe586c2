public import Groundwork

/// One entry in the journal of a run.
///
/// ```swift
/// func report(on id: RunID, in store: any RunStore) async throws {
///     for entry in try await store.entries(of: id) where entry.isChange {
///         print(entry.time.epochSeconds, entry.operation, entry.object ?? "", entry.origin?.rawValue ?? "")
///     }
/// }
/// ```
public struct JournalEntry: Hashable, Sendable {
    /// The kinds of entry, as a store files them.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A change is about to be sent.
        case intent
        /// The outcome of a change is known.
        case outcome
        /// A read, a wait or a lookup ended; also what a run begins with, and a person's wish to retry it.
        case observed
        /// A secret was generated.
        case secret
        /// A person must decide.
        case stopped
        /// The run has ended.
        case ended
    }

    /// The content.
    public var content: Entry
    /// The time of the entry.
    public var time: Timestamp

    /// Creates an entry.
    public init(_ content: Entry, at time: Timestamp) {
        self.content = content
        self.time = time
    }

    /// The kind of entry.
    public var kind: Kind {
        switch content {
        case .intent: .intent
        case .outcome: .outcome
        case .observed, .recipe, .plan, .retry: .observed
        case .secret: .secret
        case .stopped: .stopped
        case .ended: .ended
        }
    }

    /// The step with its call; `nil` for entries about the whole run, such as secrets and the end.
    public var call: StepCall? {
        switch content {
        case .intent(let call, _), .outcome(let call, _), .observed(let call, _), .stopped(let call, _): call
        case .secret, .recipe, .plan, .retry, .ended: nil
        }
    }

    /// The step; `nil` for entries about the whole run.
    public var step: StepID? { call?.step }
    /// The operation, function or name that the entry is about; empty for the end of a run.
    public var operation: String { EntryCodec.operation(of: content) }
    /// The intent; `nil` for an entry of another kind.
    public var intent: Entry.Intent? { if case .intent(_, let intent) = content { intent } else { nil } }
    /// The outcome; `nil` for an entry of another kind.
    public var outcome: Entry.Outcome? { if case .outcome(_, let outcome) = content { outcome } else { nil } }
    /// The observation; `nil` for an entry of another kind.
    public var observation: Entry.Observation? { if case .observed(_, let seen) = content { seen } else { nil } }
    /// The question; `nil` for an entry of another kind.
    public var stop: Entry.Stop? { if case .stopped(_, let stop) = content { stop } else { nil } }
    /// The end; `nil` for an entry of another kind.
    public var end: Entry.End? { if case .ended(let end) = content { end } else { nil } }

    /// The failure of the step; `nil` if it did not fail, or has not ended.
    public var failure: StepFailure? { outcome?.failure ?? observation?.failure }
    /// The name of the change's target as shown to people.
    public var object: String? { intent?.object ?? outcome?.object ?? stop?.object }
    /// The id of the change's target.
    public var id: String? { intent?.id ?? outcome?.id ?? stop?.id }
}
