internal import Groundwork
internal import OrderedCollections

/// The bodies of the entries in format 1, in the order of their fields; `given` is the content to write.
extension BodyFields {
    mutating func intent(_ given: Entry.Intent?) throws(EntryDamage) -> Entry.Intent {
        let key = try optional("key", given?.key)
        let deletes = try optional("deletes", given?.deletes)
        var before = key == nil ? [] : try required("before", given?.before)
        let attempt = try required("attempt", given?.attempt)
        guard attempt >= 0 else { throw EntryDamage("attempt") }
        if deletes != nil { before = try required("before", given?.before) }
        let isOutside = key == nil && deletes == nil
        var object = isOutside ? try optional("object", given?.object) : nil
        let falls = try optional("falls", given?.falls)
        let secrets = try optional("secrets", given?.secrets)
        if !isOutside { object = try optional("object", given?.object) }
        let evidence =
            key.map { Entry.Intent.Evidence.lookup(key: $0, before: before) }
            ?? deletes.map { .recreation(deletes: $0, before: before) } ?? .none
        return Entry.Intent(
            evidence, attempt: attempt, falls: falls, secrets: secrets, object: object,
            id: try optional("id", given?.id))
    }

    mutating func outcome(_ given: Entry.Outcome?, of call: Call) throws(EntryDamage) -> Entry.Outcome {
        let result: Entry.Outcome.Result
        if let failure = try failure(given?.failure) {
            result = .failed(failure)
        } else {
            let reply = try inner("reply", isGiven: given != nil) { fields throws(EntryDamage) in
                let data = try fields.required("data", given?.data)
                return (data, call.isOutside ? nil : try fields.nullable("actionid", given?.action))
            }
            guard let (data, action) = reply else { throw EntryDamage("reply") }
            result = .done(data: data, action: action, by: try required("by", given?.origin))
        }
        let object = try optional("object", given?.object)
        return Entry.Outcome(result, object: object, id: try optional("id", given?.id))
    }

    mutating func observation(_ given: Entry.Observation?) throws(EntryDamage) -> Entry.Observation {
        let secrets = try optional("secrets", given?.secrets)
        if let failure = try failure(given?.failure) { return Entry.Observation(.failed(failure), secrets: secrets) }
        let value = try required("value", given?.value)
        let origin: Entry.Outcome.Origin? = if case .skipped? = given?.result { .skipped } else { nil }
        switch try optional("by", origin) {
        case nil: return Entry.Observation(.value(value), secrets: secrets)
        case .skipped: return Entry.Observation(.skipped(value), secrets: secrets)
        default: throw EntryDamage("by")
        }
    }

    mutating func stop(_ given: Entry.Stop?) throws(EntryDamage) -> Entry.Stop {
        let falls = try optional("falls", given?.falls)
        let object = try optional("object", given?.object)
        let id = try optional("id", given?.id)
        return Entry.Stop(
            reason: try required("reason", given?.reason),
            candidates: try required("candidates", given?.candidates),
            choices: try required("choices", given?.choices),
            isReported: try optional("told", given?.isReported) ?? true, falls: falls,
            object: object, id: id)
    }

    mutating func end(_ given: Entry.End?, isUndo: Bool) throws(EntryDamage) -> Entry.End {
        let result: Entry.End.Result
        switch (try required("status", given?.status), isUndo) {
        case (Entry.End.done, false): result = .done(try optional("result", given?.value))
        case (Entry.End.failed, false):
            let code = try required("code", given?.code)
            result = .failed(code: code, message: try required("message", given?.message))
        case (Entry.End.undone, true): result = .undone
        default: throw EntryDamage("status")
        }
        let isShown = try optional("shown", given?.areSecretsShown == true ? true : nil)
        guard isShown != false else { throw EntryDamage("shown") }
        return Entry.End(result, areSecretsShown: isShown ?? false)
    }

    private mutating func failure(_ given: StepFailure?) throws(EntryDamage) -> StepFailure? {
        try inner("failure", isGiven: given != nil) { fields throws(EntryDamage) in try fields.members(of: given) }
    }

    /// Writes or reads a failure itself; one of a function has details, and its status comes first.
    mutating func members(of given: StepFailure?) throws(EntryDamage) -> StepFailure {
        let isOfFunction = given?.details != nil || has("operation")
        var status = isOfFunction ? try nullable("status", given?.status) : nil
        let code = try required("code", given?.code)
        let message = try required("message", given?.message)
        guard isOfFunction else {
            status = try nullable("status", given?.status)
            let delivery = try nullable("delivery", given?.delivery)
            return StepFailure(code: code, message: message, status: status, delivery: delivery)
        }
        let details = StepFailure.Details(
            operation: try nullable("operation", given?.details?.operation),
            object: try nullable("object", given?.details?.object),
            hint: try nullable("hint", given?.details?.hint),
            token: try nullable("token", given?.details?.token))
        // The first journals have no delivery in the failure of a function.
        let hasDelivery = given != nil || has("delivery")
        let delivery = hasDelivery ? try nullable("delivery", given?.delivery) : nil
        return StepFailure(code: code, message: message, status: status, delivery: delivery, details: details)
    }
}

extension Entry.Intent {
    fileprivate var deletes: String? { if case .recreation(let id, _) = evidence { id } else { nil } }
}

extension Entry.End {
    fileprivate var value: JSONValue? { if case .done(let value) = result { value } else { nil } }
    fileprivate var code: String? { if case .failed(let code, _) = result { code } else { nil } }
}
