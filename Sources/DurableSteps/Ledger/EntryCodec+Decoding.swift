internal import Groundwork
internal import OrderedCollections

extension EntryCodec {
    /// Returns the entry that was encoded in format 1.
    ///
    /// - Throws: `EntryDamage` if a field is missing, unknown, or has an unexpected value.
    public static func decode(_ row: EncodedEntry) throws(EntryDamage) -> JournalEntry {
        guard let kind = JournalEntry.Kind(rawValue: row.kind) else { throw EntryDamage("kind") }
        var fields = FieldTaker(row.body)
        let content = try content(kind, row, &fields)
        try fields.expectNothingLeft()
        return JournalEntry(content, at: row.time)
    }

    private static func content(
        _ kind: JournalEntry.Kind, _ row: EncodedEntry, _ fields: inout FieldTaker
    ) throws(EntryDamage) -> Entry {
        switch kind {
        case .secret: return .secret(name: row.operation, value: try fields.text("value"))
        case .ended: return .ended(try end(&fields, isUndo: row.operation == undo))
        case .observed where row.step == nil: return try beginning(row.operation, &fields)
        case .intent, .outcome, .observed, .stopped: break
        }
        guard let step = row.step.flatMap({ StepID($0) }) else { throw EntryDamage("step") }
        let call = StepCall(step, Call(recorded: row.operation), digest: row.digest, site: row.site)
        return switch kind {
        case .intent: .intent(call, try intent(&fields))
        case .outcome: .outcome(call, try outcome(&fields, call.call))
        case .stopped: .stopped(call, try stop(&fields))
        case .observed, .secret, .ended: .observed(call, try observation(&fields))
        }
    }

    private static func beginning(_ name: String, _ fields: inout FieldTaker) throws(EntryDamage) -> Entry {
        switch name {
        case recipe: .recipe(try fields.text("value"))
        case plan: .plan(try fields.value("value"))
        case retry: .retry
        default: throw EntryDamage("step")
        }
    }

    private static func intent(_ fields: inout FieldTaker) throws(EntryDamage) -> Entry.Intent {
        let evidence: Entry.Intent.Evidence
        if let key = try fields.take("key", \.objectValue) {
            evidence = .lookup(key: key, before: try fields.texts("before"))
        } else if let id = try fields.take("deletes", \.stringValue) {
            evidence = .recreation(deletes: id, before: try fields.texts("before"))
        } else {
            evidence = .none
        }
        guard let attempt = try fields.integer("attempt"), attempt >= 0 else { throw EntryDamage("attempt") }
        return Entry.Intent(
            evidence, attempt: attempt, falls: try fields.optionalTexts("falls"),
            secrets: try fields.optionalTexts("secrets"), object: try fields.take("object", \.stringValue),
            id: try fields.take("id", \.stringValue))
    }

    private static func outcome(_ fields: inout FieldTaker, _ call: Call) throws(EntryDamage) -> Entry.Outcome {
        let result: Entry.Outcome.Result
        if let failure = try failure(&fields) {
            result = .failed(failure)
        } else {
            guard let reply = try fields.take("reply", \.objectValue) else { throw EntryDamage("reply") }
            guard let origin = Entry.Outcome.Origin(rawValue: try fields.text("by")) else { throw EntryDamage("by") }
            var parts = FieldTaker(reply)
            let data = try parts.value("data")
            let action = call.isOutside ? nil : try parts.textOrNull("actionid")
            try parts.expectNothingLeft()
            result = .done(data: data, action: action, by: origin)
        }
        return Entry.Outcome(
            result, object: try fields.take("object", \.stringValue), id: try fields.take("id", \.stringValue))
    }

    private static func observation(_ fields: inout FieldTaker) throws(EntryDamage) -> Entry.Observation {
        let secrets = try fields.optionalTexts("secrets")
        if let failure = try failure(&fields) { return Entry.Observation(.failed(failure), secrets: secrets) }
        let value = try fields.value("value")
        guard let origin = try fields.take("by", \.stringValue) else {
            return Entry.Observation(.value(value), secrets: secrets)
        }
        guard origin == Entry.Outcome.Origin.skipped.rawValue else { throw EntryDamage("by") }
        return Entry.Observation(.skipped(value), secrets: secrets)
    }

    private static func stop(_ fields: inout FieldTaker) throws(EntryDamage) -> Entry.Stop {
        var choices: [Entry.Stop.Choice] = []
        for text in try fields.texts("choices") {
            guard let choice = Entry.Stop.Choice(rawValue: text) else { throw EntryDamage("choices") }
            choices.append(choice)
        }
        let isReported = try fields.take("told", \.boolValue) ?? true
        return Entry.Stop(
            reason: try fields.text("reason"), candidates: try fields.texts("candidates"), choices: choices,
            isReported: isReported, falls: try fields.optionalTexts("falls"),
            object: try fields.take("object", \.stringValue), id: try fields.take("id", \.stringValue))
    }

    private static func end(_ fields: inout FieldTaker, isUndo: Bool) throws(EntryDamage) -> Entry.End {
        let result: Entry.End.Result
        switch (try fields.text("status"), isUndo) {
        case (Entry.End.done, false): result = .done(fields.remove("result"))
        case (Entry.End.failed, false):
            result = .failed(code: try fields.text("code"), message: try fields.text("message"))
        case (Entry.End.undone, true): result = .undone
        default: throw EntryDamage("status")
        }
        let isShown = try fields.take("shown", \.boolValue)
        guard isShown != false else { throw EntryDamage("shown") }
        return Entry.End(result, areSecretsShown: isShown ?? false)
    }

    private static func failure(_ fields: inout FieldTaker) throws(EntryDamage) -> StepFailure? {
        guard let document = try fields.take("failure", \.objectValue) else { return nil }
        var parts = FieldTaker(document)
        let (code, message) = (try parts.text("code"), try parts.text("message"))
        let status = try parts.integerOrNull("status")
        var (delivery, details) = (Delivery?.none, StepFailure.Details?.none)
        let isOfFunction = document["operation"] != nil
        if !isOfFunction || document["delivery"] != nil, let name = try parts.textOrNull("delivery") {
            guard let known = Delivery(rawValue: name) else { throw EntryDamage("delivery") }
            delivery = known
        }
        if isOfFunction {
            details = StepFailure.Details(
                operation: try parts.textOrNull("operation"), object: try parts.textOrNull("object"),
                hint: try parts.textOrNull("hint"), token: try parts.textOrNull("token"))
        }
        try parts.expectNothingLeft()
        return StepFailure(code: code, message: message, status: status, delivery: delivery, details: details)
    }
}
