package import Groundwork
internal import OrderedCollections

/// The codec of format 1, the only code that knows the fields of a body.
///
/// | kind | body, in this order |
/// |---|---|
/// | `intent` of the account | `key`, `before`, `attempt`, `falls`, `secrets`, `object`, `id` |
/// | `intent` of a recreation | `deletes`, `attempt`, `before`, `object`, `id` |
/// | `intent` outside | `attempt`, `object`, `secrets` |
/// | `outcome` | `reply` (`data`, `actionid` in the account) and `by`, or `failure`; `object`, `id` |
/// | `observed` | `secrets`, then `value` and perhaps `by`, or `failure`; nothing for `retry` |
/// | `secret` | `value` |
/// | `stopped` | `falls`, `object`, `id`, `reason`, `candidates`, `choices`, `told` |
/// | `ended` | `status`, then `code` and `message`, or `result`; `shown` |
///
/// A `failure` of the account's API has `code`, `message`, `status`, `delivery`; one of a function has `status`, `code`,
/// `message`, `operation`, `object`, `hint`, `token`, `delivery`. Fields without a value are left out of a body, and are
/// null in a failure. The first journals of format 1 have no `told`, because every question was reported, and no
/// `delivery` in a failure of a function.
///
/// ```swift
/// func copy(_ entries: [JournalEntry]) throws -> [JournalEntry] {
///     try entries.map { try EntryCodec.decode(EntryCodec.encode($0)) }
/// }
/// ```
public enum EntryCodec {
    static let recipe = "recipe"
    static let plan = "plan"
    static let retry = "retry"
    /// The operation of an `ended` entry that marks its run as undone; stores can search for it.
    package static let undo = "undo"

    /// Returns the operation column of an entry.
    static func operation(of content: Entry) -> String {
        switch content {
        case .intent(let call, _), .outcome(let call, _), .observed(let call, _), .stopped(let call, _): call.call.name
        case .secret(let name, _): name
        case .recipe: recipe
        case .plan: plan
        case .retry: retry
        case .ended(let end): end.result == .undone ? undo : ""
        }
    }

    /// Returns an entry in format 1.
    public static func encode(_ entry: JournalEntry) -> EncodedEntry {
        let (name, call) = (operation(of: entry.content), entry.call)
        var fields = BodyFields()
        _ = try? content(entry.kind, name, call, hasStep: call != nil, entry, &fields)
        return EncodedEntry(
            kind: entry.kind.rawValue, step: call?.step.description, operation: name, digest: call?.digest ?? "",
            site: call?.site ?? "", time: entry.time, body: fields.object)
    }

    /// Returns the entry that was encoded in format 1.
    ///
    /// - Throws: `EntryDamage` if a field is missing, unknown, or has an unexpected value.
    public static func decode(_ row: EncodedEntry) throws(EntryDamage) -> JournalEntry {
        guard let kind = JournalEntry.Kind(rawValue: row.kind) else { throw EntryDamage("kind") }
        let call = row.step.flatMap { StepID($0) }
            .map { StepCall($0, Call(recorded: row.operation), digest: row.digest, site: row.site) }
        var fields = BodyFields(reading: row.body)
        let content = try content(kind, row.operation, call, hasStep: row.step != nil, nil, &fields)
        try fields.expectNothingLeft()
        return JournalEntry(content, at: row.time)
    }

    /// Writes or reads a body, and returns its content.
    private static func content(
        _ kind: JournalEntry.Kind, _ name: String, _ call: StepCall?, hasStep: Bool, _ given: JournalEntry?,
        _ fields: inout BodyFields
    ) throws(EntryDamage) -> Entry {
        switch kind {
        case .secret:
            return .secret(name: name, value: try fields.required("value", given?.value?.stringValue))
        case .ended: return .ended(try fields.end(given?.end, isUndo: name == undo))
        case .observed where !hasStep:
            switch name {
            case recipe: return .recipe(try fields.required("value", given?.value?.stringValue))
            case plan: return .plan(try fields.required("value", given?.value))
            case retry: return .retry
            default: throw EntryDamage("step")
            }
        case .intent, .outcome, .observed, .stopped: break
        }
        guard let call else { throw EntryDamage("step") }
        return switch kind {
        case .intent: .intent(call, try fields.intent(given?.intent))
        case .outcome: .outcome(call, try fields.outcome(given?.outcome, of: call.call))
        case .stopped: .stopped(call, try fields.stop(given?.stop))
        case .observed, .secret, .ended: .observed(call, try fields.observation(given?.observation))
        }
    }

    /// Returns a failure in format 1, which `sprun show --json` prints too.
    package static func document(_ failure: StepFailure) -> JSONValue {
        var fields = BodyFields()
        _ = try? fields.members(of: failure)
        return .object(fields.object)
    }
}

extension JournalEntry {
    /// The one value of an entry that belongs to no step.
    fileprivate var value: JSONValue? {
        switch content {
        case .secret(_, let value), .recipe(let value): .string(value)
        case .plan(let document): document
        default: nil
        }
    }
}

extension Entry.End {
    static let (done, failed, undone) = ("done", "failed", "undone")

    /// The message of the failure; `nil` if the execution did not fail.
    public var message: String? { if case .failed(_, let message) = result { message } else { nil } }

    /// The status as written and shown: `done`, `failed` or `undone`.
    public var status: String {
        switch result {
        case .done: Self.done
        case .failed: Self.failed
        case .undone: Self.undone
        }
    }
}
