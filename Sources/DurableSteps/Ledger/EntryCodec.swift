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
        let call = entry.call
        return EncodedEntry(
            kind: entry.kind.rawValue, step: call?.step.description, operation: operation(of: entry.content),
            digest: call?.digest ?? "", site: call?.site ?? "", time: entry.time, body: body(of: entry.content))
    }

    private static func body(of content: Entry) -> JSONObject {
        switch content {
        case .intent(_, let intent): body(of: intent)
        case .outcome(let call, let outcome): body(of: outcome, call.call)
        case .observed(_, let observation): body(of: observation)
        case .stopped(_, let stop): body(of: stop)
        case .secret(_, let value): ["value": .string(value)]
        case .recipe(let text): ["value": .string(text)]
        case .plan(let document): ["value": document]
        case .retry: [:]
        case .ended(let end): body(of: end)
        }
    }

    private static func body(of intent: Entry.Intent) -> JSONObject {
        let attempt = JSONValue.integer(Int64(intent.attempt))
        var body: JSONObject
        switch intent.evidence {
        case .lookup(let key, let before): body = ["key": .object(key), "before": list(before), "attempt": attempt]
        case .recreation(let id, let before):
            body = ["deletes": .string(id), "attempt": attempt, "before": list(before)]
        case .none:
            body = ["attempt": attempt]
            body["object"] = text(intent.object)
        }
        body["falls"] = intent.falls.map(list)
        body["secrets"] = intent.secrets.map(list)
        body["object"] = text(intent.object)
        body["id"] = text(intent.id)
        return body
    }

    private static func body(of outcome: Entry.Outcome, _ call: Call) -> JSONObject {
        var body: JSONObject
        switch outcome.result {
        case .done(let data, let action, let origin):
            var reply: JSONObject = ["data": data]
            if !call.isOutside { reply["actionid"] = text(action) ?? .null }
            body = ["reply": .object(reply), "by": .string(origin.rawValue)]
        case .failed(let failure): body = ["failure": document(failure)]
        }
        body["object"] = text(outcome.object)
        body["id"] = text(outcome.id)
        return body
    }

    private static func body(of observation: Entry.Observation) -> JSONObject {
        var body: JSONObject = [:]
        body["secrets"] = observation.secrets.map(list)
        switch observation.result {
        case .value(let value): body["value"] = value
        case .skipped(let value):
            body["value"] = value
            body["by"] = .string(Entry.Outcome.Origin.skipped.rawValue)
        case .failed(let failure): body["failure"] = document(failure)
        }
        return body
    }

    private static func body(of stop: Entry.Stop) -> JSONObject {
        var body: JSONObject = [:]
        body["falls"] = stop.falls.map(list)
        body["object"] = text(stop.object)
        body["id"] = text(stop.id)
        body["reason"] = .string(stop.reason)
        body["candidates"] = list(stop.candidates)
        body["choices"] = list(stop.choices.map(\.rawValue))
        body["told"] = .bool(stop.isReported)
        return body
    }

    private static func body(of end: Entry.End) -> JSONObject {
        var body: JSONObject = ["status": .string(end.status)]
        switch end.result {
        case .done(let result): body["result"] = result
        case .failed(let code, let message):
            body["code"] = .string(code)
            body["message"] = .string(message)
        case .undone: break
        }
        if end.areSecretsShown { body["shown"] = true }
        return body
    }

    /// Returns a failure in format 1, which `sprun show --json` prints too.
    package static func document(_ failure: StepFailure) -> JSONValue {
        let status = failure.status.map { JSONValue.integer(Int64($0)) } ?? .null
        let delivery = text(failure.delivery?.rawValue) ?? .null
        guard let details = failure.details else {
            return [
                "code": .string(failure.code), "message": .string(failure.message), "status": status,
                "delivery": delivery,
            ]
        }
        return [
            "status": status, "code": .string(failure.code), "message": .string(failure.message),
            "operation": text(details.operation) ?? .null, "object": text(details.object) ?? .null,
            "hint": text(details.hint) ?? .null, "token": text(details.token) ?? .null, "delivery": delivery,
        ]
    }

    private static func list(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
    private static func text(_ text: String?) -> JSONValue? { text.map { .string($0) } }
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
