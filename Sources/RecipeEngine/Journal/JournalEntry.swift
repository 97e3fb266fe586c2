public import OrderedCollections
public import ServerPilot

/// One thing that a run has written down.
///
/// What is in `body` depends on the kind:
///
/// | kind | `operation` | `body` |
/// |---|---|---|
/// | `intent` | the operation | `object` (a name), `id`, `key`, `before` (ids), `attempt`, `secrets` (the names of those it sends); of a deletion `falls` (ids) |
/// | `outcome` | the operation, or `http.post` and the like | `reply` (`data`, `actionid`) or `failure`; `by`: `reply`, `adopted`, `repeated`, `skipped` |
/// | `observed` | an operation that reads, `wait`, `sleep`, `time` | `value`, or `failure`; `by`: `skipped` where a person left it out; `secrets` |
/// | `secret` | its name | `value` |
/// | `stopped` | the operation | `reason`, `candidates` (ids), `choices`; before a deletion `falls` (ids) |
/// | `ended` | – | `status`: `done`, `failed` or `undone`; `code`, `message`; `result` of a run that is done |
public struct JournalEntry: Hashable, Sendable {
    /// What kind of thing it is.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A change is about to be sent.
        case intent
        /// What became of it.
        case outcome
        /// Something was read, waited for, or looked up, without changing anything.
        case observed
        /// A secret was generated.
        case secret
        /// A person must decide.
        case stopped
        /// The run has ended.
        case ended
    }

    /// What kind of thing it is.
    public var kind: Kind
    /// The step that it belongs to; `nil` for secrets and the end.
    public var step: StepID?
    /// What was done.
    public var operation: String
    /// A keyed digest of the arguments; empty where there are none.
    public var digest: String
    /// The line of the recipe: `site.lua:12`; empty where it is not known.
    public var site: String
    /// When it was written.
    public var time: Timestamp
    /// The rest, by kind; it can hold secrets, and no private keys of certificates.
    public var body: JSONObject

    /// An entry.
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
    /// Whether it is about something outside of the account: operations of the API have no dot in their names, functions
    /// of other modules do.
    public var isOutside: Bool { Self.isOutside(operation) }

    /// Whether it says that something was changed.
    public var isChange: Bool { kind == .outcome && body["reply"] != nil && !wasSkipped }

    /// Of a stop, each decision that can be taken.
    public var decisions: [EffectDecision] {
        let choices = body["choices"]?.arrayValue?.compactMap { $0.stringValue.flatMap(EffectDecision.Choice.init) }
        return EffectDecision.all(
            choices ?? [], of: body["candidates"]?.arrayValue?.compactMap(\.stringValue) ?? [])
    }

    /// Whether it stands for a step that a person left out.
    public var wasSkipped: Bool {
        body["by"]?.stringValue == EffectOutcome.Origin.skipped.rawValue
            || body["failure"]?["code"]?.stringValue == RecipeError.skipped
    }

    static func isOutside(_ operation: String) -> Bool { operation.contains(".") }

    /// A function as recipes write it: those of other modules than `sp` are recorded with their module.
    static func call(_ operation: String) -> String { isOutside(operation) ? operation : "sp.\(operation)" }
}

extension JournalEntry {
    /// How a run stands whose last entry it is.
    package var runStatus: RunOverview.Status {
        switch kind {
        case .ended: body["status"]?.stringValue.flatMap(RunOverview.Status.init) ?? .failed
        case .stopped: .stopped
        case .intent, .outcome, .observed, .secret: .unfinished
        }
    }
}

extension [JournalEntry] {
    /// The result that the run told at its end; `nil` where it has none, or has not come to its end.
    public var result: JSONValue? { last { $0.kind == .ended }?.body["result"] }

    /// What `--skip` is about: the question that is open, else the step that failed last and is tried again on resume, else
    /// the change of which nobody knows whether it was made; `nil` where there is none of them.
    public var stumblingBlock: JournalEntry? {
        if let openQuestion { return openQuestion }
        let record = RunRecord(self)
        let code = last { $0.kind == .ended }?.body["code"]
        return record.retried.last { $0.body["failure"]?["code"] == code } ?? record.retried.last
            ?? record.intents.first.flatMap(record.entry)
    }

    /// The stop that a person was told of and that nothing came of since: what a decision is about.
    public var openQuestion: JournalEntry? {
        guard let index = lastIndex(where: { $0.kind == .stopped && $0.body["told"]?.boolValue != false }) else {
            return nil
        }
        let stop = self[index]
        return self[index...].contains { $0.kind == .outcome && $0.step == stop.step } ? nil : stop
    }
}
