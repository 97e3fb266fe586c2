internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension Fault {
    /// The fault as a JSON object of a document, without some of the default values.
    var document: JSONObject {
        var document: JSONObject = ["operation": .string(calls.word)]
        switch trigger {
        case .always: break
        case .nth(let number): document["nth"] = .integer(Int64(number))
        case .first(let count): document["first"] = .integer(Int64(count))
        case .every(let step): document["every"] = .integer(Int64(step))
        case .probability(let probability): document["probability"] = .double(probability)
        }
        let (kind, keys) = effect.written
        document["fault"] = .string(kind)
        for (name, value) in keys { document[name] = value }
        return document
    }
}

extension Fault.Calls {
    /// The name of the operation or of the group.
    var word: String {
        switch self {
        case .all: "*"
        case .reads: "reads"
        case .writes: "writes"
        case .operation(let name): name.rawValue
        }
    }
}

extension Fault.Effect {
    /// The name of the kind and the keys of the fault, without some of the default values.
    var written: (kind: String, keys: JSONObject) {
        switch self {
        case .status(let status, let isDone):
            ("status", (["status": .integer(Int64(status))] as JSONObject).adding(effect: isDone))
        case .throttled(let wait): ("throttled", ["retry_after": .string(wait.exactText)])
        case .delay(let duration): ("delay", ["time": .string(duration.exactText)])
        case .drip(let duration): ("drip", ["time": .string(duration.exactText)])
        case .closed(let isDone): ("closed", JSONObject().adding(effect: isDone))
        case .replyLost: ("reply_lost", [:])
        case .truncated(let keep, let announced):
            ("truncated", Self.written(announced == .short ? "short" : nil, "length", keep, "keep"))
        case .wrongJSON(.html): ("wrong_json", [:])
        case .wrongJSON(.shape): ("wrong_json", ["body": "shape"])
        case .wrongJSON(.huge(let bytes)): ("wrong_json", ["body": "huge", "size": .integer(Int64(bytes))])
        case .late(let after, let patience):
            ("late", ["after": .string(after.exactText), "patience": .string(patience.exactText)])
        case .slowAction(let factor): ("action_slow", ["factor": .double(factor)])
        case .failedAction(let isDone): ("action_error", isDone ? [:] : ["effect": "none"])
        case .rival(let edit, let when):
            (
                "rival",
                [
                    "when": .string(when.rawValue), "call": .string(edit.operation.rawValue),
                    "arguments": .object(edit.arguments),
                ]
            )
        }
    }

    private static func written(_ word: String?, _ wordName: String, _ count: Int?, _ name: String) -> JSONObject {
        var keys = JSONObject()
        if let word { keys[wordName] = .string(word) }
        if let count { keys[name] = .integer(Int64(count)) }
        return keys
    }
}

extension JSONObject {
    fileprivate func adding(effect isDone: Bool) -> JSONObject {
        var keys = self
        if isDone { keys["effect"] = "done" }
        return keys
    }
}
