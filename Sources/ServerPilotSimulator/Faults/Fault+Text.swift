internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension Fault {
    /// Reads the short form: `create_app:2=reply_lost`, `writes:10%=status,status=503,effect=done` (see `Fault.guide`).
    ///
    /// - Throws: `FaultPlanError`. Its path is `$`, or `$` with the key.
    public init(text: String) throws(FaultPlanError) {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            throw FaultPlanError(
                .malformed, at: "$", "a fault is OPERATION[:CALLS]=KIND[,KEY=VALUE]…, such as create_app:2=reply_lost")
        }
        var document = JSONObject()
        try Self.readCalls(text[..<equals], into: &document)
        try Self.readEffect(text[text.index(after: equals)...], into: &document)
        try self.init(try FaultReader(.object(document), at: "$"))
    }

    private static func readCalls(_ text: Substring, into document: inout JSONObject) throws(FaultPlanError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        document["operation"] = .string(String(parts[0]))
        guard parts.count == 2 else { return }
        let calls = parts[1]
        if let number = Int64(calls) {
            document["nth"] = .integer(number)
        } else if calls.hasPrefix("first-"), let count = Int64(calls.dropFirst("first-".count)) {
            document["first"] = .integer(count)
        } else if calls.hasPrefix("every-"), let step = Int64(calls.dropFirst("every-".count)) {
            document["every"] = .integer(step)
        } else if calls.hasSuffix("%"), let percent = Double(calls.dropLast()) {
            document["probability"] = .double(percent / 100)
        } else {
            throw FaultPlanError(
                .malformed, at: "$", "calls must be 2, first-3, every-3 or 10%, not '\(calls)'")
        }
    }

    private static func readEffect(_ text: Substring, into document: inout JSONObject) throws(FaultPlanError) {
        var rest = text
        let kindName = rest.prefix { $0 != "," }
        rest = rest.dropFirst(kindName.count)
        if let status = Int64(kindName) {
            document["fault"] = "status"
            document["status"] = .integer(status)
        } else {
            document["fault"] = .string(String(kindName))
        }
        let keys = FaultKind.named(document["fault"]?.stringValue ?? "")?.keys ?? []
        while rest.first == "," {
            rest = rest.dropFirst()
            let name = rest.prefix { $0 != "=" && $0 != "," }
            rest = rest.dropFirst(name.count)
            guard rest.first == "=" else {
                throw FaultPlanError(.malformed, at: "$", "'\(name)' has no value: write KEY=VALUE")
            }
            rest = rest.dropFirst()
            let key = keys.first { $0.name == name }
            // JSON contains commas, so the value extends to the end.
            let value = if case .object = key?.value { rest } else { rest.prefix { $0 != "," } }
            rest = rest.dropFirst(value.count)
            guard document[String(name)] == nil else {
                throw FaultPlanError(.malformed, at: "$.\(name)", "appears twice")
            }
            document[String(name)] = try Self.value(String(value), of: key, named: String(name))
        }
    }

    private static func value(
        _ text: String, of key: FaultKind.Key?, named name: String
    ) throws(FaultPlanError) -> JSONValue {
        switch key?.value {
        case .integer: return Int64(text).map { .integer($0) } ?? .string(text)
        case .number: return Double(text).map { .double($0) } ?? .string(text)
        case .object:
            do throws(JSONFailure) {
                return try JSONValue(text: text)
            } catch {
                throw FaultPlanError(.malformed, at: "$.\(name)", "is not JSON: \(error)")
            }
        default: return .string(text)
        }
    }
}

extension Fault: CustomStringConvertible {
    /// The short form that `init(text:)` reads.
    public var description: String {
        let calls =
            switch trigger {
            case .always: ""
            case .nth(let number): ":\(number)"
            case .first(let count): ":first-\(count)"
            case .every(let step): ":every-\(step)"
            case .probability(let probability): ":\((probability * 100).plain)%"
            }
        var (kind, keys) = effect.written
        if kind == "status", let status = keys.removeValue(forKey: "status") { kind = status.text() }
        let parts = keys.map { name, value in
            let text: String =
                switch value {
                case .string(let text): text
                case .double(let number): number.plain
                default: value.text()
                }
            return ",\(name)=\(text)"
        }
        return self.calls.word + calls + "=" + kind + parts.joined()
    }
}
