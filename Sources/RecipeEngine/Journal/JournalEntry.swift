public import Groundwork
public import OrderedCollections
internal import ServerPilot

/// One entry in the journal of a run.
///
/// The content of `body` depends on the kind:
///
/// | kind | `operation` | `body` |
/// |---|---|---|
/// | `intent` | the operation | `object` (a name), `id`, `key`, `before` (ids), `attempt`, `secrets` (names of those that it sends); for a deletion `falls` (ids) |
/// | `outcome` | the operation, or a function such as `http.post` | `reply` (`data`, `actionid`) or `failure`; `by`: `reply`, `adopted`, `repeated`, `skipped` |
/// | `observed` | an operation that reads, `wait`, `sleep`, `time` | `value` or `failure`; `by`: `skipped` if a person left it out; `secrets` |
/// | `secret` | its name | `value` |
/// | `stopped` | the operation | `reason`, `candidates` (ids), `choices`, `told` (whether it was reported); before a deletion `falls` (ids) |
/// | `ended` | –, or `undo` | `status`: `done`, `failed` or `undone`; `code`, `message`; `result` of a completed run; `shown` (its secrets were shown) |
public struct JournalEntry: Hashable, Sendable {
    /// The kinds of entry.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A change is about to be sent.
        case intent
        /// The outcome of a change is known.
        case outcome
        /// A read, a wait or a lookup ended, without changing anything.
        case observed
        /// A secret was generated.
        case secret
        /// A person must decide.
        case stopped
        /// The run has ended.
        case ended
    }

    /// The kind of entry.
    public var kind: Kind
    /// The step of the entry; `nil` for entries about the whole run, such as secrets and the end.
    public var step: StepID?
    /// The operation, function or name that the entry is about.
    public var operation: String
    /// A keyed digest of the arguments; empty if there are none.
    public var digest: String
    /// The line of the recipe, such as `site.lua:12`; empty if unknown.
    public var site: String
    /// The time of the entry.
    public var time: Timestamp
    /// The other values, by kind; they can include secrets, but no private keys of certificates.
    public var body: JSONObject

    /// Creates an entry.
    public init(
        _ kind: Kind, step: StepID? = nil, operation: String = "", digest: String = "", site: String = "",
        time: Timestamp, body: JSONObject = [:]
    ) {
        self.kind = kind
        self.step = step
        self.operation = operation
        self.digest = digest
        self.site = site
        self.time = time
        self.body = body
    }
}

extension JournalEntry {
    /// The operation of an `ended` entry that marks its run as undone.
    package static let undo = "undo"

    /// Creates the entry that marks a run as undone: it cannot be resumed any more.
    package static func undone(at time: Timestamp) -> JournalEntry {
        JournalEntry(
            .ended, operation: undo, time: time, body: ["status": .string(RunOverview.Status.undone.rawValue)])
    }

    /// Whether the entry is about a call outside the account.
    ///
    /// Operations of the API have no dot in their names; functions of other modules have.
    public var isOutside: Bool { Self.isOutside(operation) }

    /// Whether the entry records that something was changed.
    public var isChange: Bool { kind == .outcome && body["reply"] != nil && !wasSkipped }

    /// The decisions that a person can take about a stop.
    public var decisions: [EffectDecision] {
        let choices = body["choices"]?.arrayValue?.compactMap { $0.stringValue.flatMap(EffectDecision.Choice.init) }
        return EffectDecision.all(
            choices ?? [], of: body["candidates"]?.arrayValue?.compactMap(\.stringValue) ?? [])
    }

    /// Whether a person left the entry's step out.
    public var wasSkipped: Bool {
        body["by"]?.stringValue == EffectOutcome.Origin.skipped.rawValue
            || body["failure"]?["code"]?.stringValue == RecipeError.skipped
    }

    static func isOutside(_ operation: String) -> Bool { operation.contains(".") }

    /// Returns a function as recipes write it; functions of modules other than `sp` are recorded with their module.
    static func call(_ operation: String) -> String { isOutside(operation) ? operation : "sp.\(operation)" }
}

extension JournalEntry {
    /// The status of a run whose last entry this is.
    package var runStatus: RunOverview.Status {
        switch kind {
        case .ended: body["status"]?.stringValue.flatMap(RunOverview.Status.init) ?? .failed
        case .stopped: .stopped
        case .intent, .outcome, .observed, .secret: .unfinished
        }
    }
}

extension [JournalEntry] {
    /// The result recorded at the run's end; `nil` if it has none or has not completed.
    public var result: JSONValue? { last { $0.kind == .ended }?.body["result"] }

    /// The entry that `--skip` applies to; `nil` if there is none.
    ///
    /// It is the open question; otherwise the last failed step that resume retries; otherwise a change whose outcome is
    /// unknown.
    public var stumblingBlock: JournalEntry? {
        if let openQuestion { return openQuestion }
        let record = RunRecord(self)
        let code = last { $0.kind == .ended }?.body["code"]
        return record.retried.last { $0.body["failure"]?["code"] == code } ?? record.retried.last
            ?? record.intents.first.flatMap(record.entry)
    }

    /// The last reported stop, if its step has had no outcome since; a decision applies to it.
    public var openQuestion: JournalEntry? {
        guard let index = lastIndex(where: { $0.kind == .stopped && $0.body["told"]?.boolValue != false }) else {
            return nil
        }
        let stop = self[index]
        return self[index...].contains { $0.kind == .outcome && $0.step == stop.step } ? nil : stop
    }
}
