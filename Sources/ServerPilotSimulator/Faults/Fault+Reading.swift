internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension Fault {
    /// Words that stand for several operations.
    private static let groups: [String: Calls] = ["*": .all, "reads": .reads, "writes": .writes]
    private static let triggerNames = ["nth", "first", "every", "probability"]
    private static let generalNames = ["operation"] + triggerNames + ["fault"]

    /// Reads a fault of a document.
    init(_ reader: FaultReader) throws(FaultPlanError) {
        guard let kindName = try reader.string("fault") else {
            // A misspelt key is the more likely mistake.
            try reader.refuseUnknown(Self.generalNames + FaultKind.all.flatMap { $0.keys.map(\.name) })
            throw FaultPlanError(.missing, at: reader.path, "'fault' is missing")
        }
        guard let kind = FaultKind.named(kindName) else {
            throw .unknown("fault", kindName, known: FaultKind.all.map(\.name), at: reader.path(of: "fault"))
        }
        try reader.refuseUnknown(Self.generalNames + kind.keys.map(\.name))
        self.init(try Self.calls(reader), try Self.trigger(reader), try Self.effect(kind, reader))
    }

    private static func calls(_ reader: FaultReader) throws(FaultPlanError) -> Calls {
        guard let name = try reader.string("operation") else { return .all }
        if let group = groups[name] { return group }
        return .operation(try operation(name, at: reader.path(of: "operation"), or: Array(groups.keys)).name)
    }

    private static func operation(
        _ name: String, at path: String, or others: [String] = []
    ) throws(FaultPlanError) -> Operation {
        guard let operation = Operation.named(Operation.Name(rawValue: name)) else {
            throw .unknown(
                "operation", name, known: Operation.all.map(\.name.rawValue) + others.sorted(), at: path)
        }
        return operation
    }

    private static func trigger(_ reader: FaultReader) throws(FaultPlanError) -> Trigger {
        let given = triggerNames.filter(reader.has)
        guard given.count <= 1 else {
            throw FaultPlanError(
                .badValue, at: reader.path, "\(given.joined(separator: " and ")) cannot be combined")
        }
        let calls = 1...Int(Int32.max)
        if let number = try reader.integer("nth", in: calls) { return .nth(number) }
        if let count = try reader.integer("first", in: calls) { return .first(count) }
        if let step = try reader.integer("every", in: calls) { return .every(step) }
        if let probability = try reader.number("probability", above: 0, atMost: 1) { return .probability(probability) }
        return .always
    }

    private static func effect(_ kind: FaultKind, _ reader: FaultReader) throws(FaultPlanError) -> Effect {
        let values = try FaultValues(kind, reader)
        switch kind.name {
        case "status": return .status(try values.integer("status"), isDone: values.word("effect") == "done")
        case "throttled":
            let wait = values.duration("retry_after") ?? .seconds(1)
            guard wait.components.attoseconds == 0 else {
                throw reader.bad("retry_after", "must be whole seconds, as in Retry-After")
            }
            return .throttled(retryAfter: wait)
        case "delay": return .delay(try values.given("time", values.duration("time")))
        case "drip": return .drip(try values.given("time", values.duration("time")))
        case "closed": return .closed(isDone: values.word("effect") == "done")
        case "reply_lost": return .replyLost
        case "truncated":
            let announced = values.word("length").flatMap(Announcement.init) ?? .full
            return .truncated(keep: values.integers["keep"], announced: announced)
        case "wrong_json": return .wrongJSON(try body(values, reader))
        case "late":
            return .late(
                after: values.duration("after") ?? .seconds(5), patience: values.duration("patience") ?? .seconds(30))
        case "action_slow": return .slowAction(factor: try values.given("factor", values.numbers["factor"]))
        case "action_error": return .failedAction(isDone: values.word("effect") != "none")
        default:
            let when = values.word("when").flatMap(When.init) ?? .before
            return .rival(try rival(reader), when)
        }
    }

    private static func body(_ values: FaultValues, _ reader: FaultReader) throws(FaultPlanError) -> Body {
        let size = values.integers["size"]
        switch values.word("body") {
        case "huge": return .huge(bytes: size ?? FaultLimits.usualHugeBody)
        case let word:
            guard size == nil else { throw reader.bad("size", "is only for body=huge") }
            return word == "shape" ? .shape : .html
        }
    }

    private static func rival(_ reader: FaultReader) throws(FaultPlanError) -> RivalEdit {
        let name = try reader.required("call", try reader.string("call"))
        let operation = try operation(name, at: reader.path(of: "call"))
        guard operation.changesAccount else { throw reader.bad("call", "must change the account; \(name) does not") }
        let path = reader.path(of: "arguments")
        let arguments = reader.value("arguments") ?? .object([:])
        _ = try FaultReader(arguments, at: path, known: operation.parameters.map(\.name))
        return RivalEdit(operation.name, arguments.objectValue ?? [:])
    }
}

/// The values of a fault's keys, checked for the types and ranges of its kind.
private struct FaultValues {
    var integers: [String: Int] = [:]
    var numbers: [String: Double] = [:]
    private var durations: [String: Duration] = [:]
    private var words: [String: String] = [:]
    private let reader: FaultReader

    init(_ kind: FaultKind, _ reader: FaultReader) throws(FaultPlanError) {
        self.reader = reader
        for key in kind.keys {
            switch key.value {
            case .integer(let range): integers[key.name] = try reader.integer(key.name, in: range)
            case .number(let low, let high): numbers[key.name] = try reader.number(key.name, above: low, atMost: high)
            case .duration: durations[key.name] = try reader.duration(key.name)
            case .word(let known): words[key.name] = try reader.word(key.name, of: known)
            case .operation, .object: break
            }
            if key.usual == nil, !reader.has(key.name) {
                throw FaultPlanError(.missing, at: reader.path, "'\(key.name)' is missing, which \(kind.name) needs")
            }
        }
    }

    func duration(_ name: String) -> Duration? { durations[name] }
    func word(_ name: String) -> String? { words[name] }
    func integer(_ name: String) throws(FaultPlanError) -> Int { try given(name, integers[name]) }

    func given<Value>(_ name: String, _ value: Value?) throws(FaultPlanError) -> Value {
        try reader.required(name, value)
    }
}
