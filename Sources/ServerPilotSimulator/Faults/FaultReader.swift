internal import Groundwork
internal import OrderedCollections

/// Reads the members of one object in a plan of faults, and names the object's path in errors.
struct FaultReader {
    private let members: JSONObject
    let path: String

    // If `known` is `nil`, the caller checks the names of the keys later.
    init(_ value: JSONValue, at path: String, known: [String]? = nil) throws(FaultPlanError) {
        guard case .object(let members) = value else {
            throw FaultPlanError(.badValue, at: path, "must be an object, not \(value.kindName)")
        }
        self.members = members
        self.path = path
        if let known { try refuseUnknown(known) }
    }

    func refuseUnknown(_ known: [String]) throws(FaultPlanError) {
        for name in members.keys where !known.contains(name) {
            throw .unknown("key", name, known: known, at: path)
        }
    }

    func has(_ name: String) -> Bool { members[name] != nil }

    func value(_ name: String) -> JSONValue? { members[name] }

    func string(_ name: String) throws(FaultPlanError) -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value.stringValue else { throw wrong(name, "a string", value) }
        return text
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(FaultPlanError) -> Int? {
        guard let value = members[name] else { return nil }
        guard let number = value.integerValue.flatMap({ Int(exactly: $0) }) else {
            throw wrong(name, "a whole number", value)
        }
        guard range.contains(number) else {
            throw bad(name, "must be \(range.lowerBound) to \(range.upperBound), not \(number)")
        }
        return number
    }

    /// Returns a number above `low` and up to `high`.
    func number(_ name: String, above low: Double, atMost high: Double) throws(FaultPlanError) -> Double? {
        guard let value = members[name] else { return nil }
        let number: Double
        switch value {
        case .integer(let whole): number = Double(whole)
        case .double(let fraction): number = fraction
        default: throw wrong(name, "a number", value)
        }
        guard number > low, number <= high else {
            throw bad(name, "must be more than \(low.plain) and at most \(high.plain)")
        }
        return number
    }

    func duration(_ name: String) throws(FaultPlanError) -> Duration? {
        guard let value = members[name] else { return nil }
        guard let text = value.stringValue, let duration = Duration(text: text) else {
            throw wrong(name, "a time such as \"250ms\", \"5s\" or \"10m\"", value)
        }
        guard duration <= FaultLimits.longestWait else {
            throw bad(name, "must be at most \(FaultLimits.longestWait.exactText)")
        }
        return duration
    }

    func word(_ name: String, of words: [String]) throws(FaultPlanError) -> String? {
        guard let text = try string(name) else { return nil }
        guard words.contains(text) else { throw .unknown("value", text, known: words, at: path(of: name)) }
        return text
    }

    /// Returns the elements of an array of objects; empty if the member is missing.
    func objects(_ name: String, known: [String]? = nil) throws(FaultPlanError) -> [FaultReader] {
        guard let value = members[name] else { return [] }
        guard let elements = value.arrayValue else { throw wrong(name, "an array", value) }
        var readers: [FaultReader] = []
        for (index, element) in elements.enumerated() {
            readers.append(try FaultReader(element, at: "\(path(of: name))[\(index)]", known: known))
        }
        return readers
    }

    func required<Value>(_ name: String, _ value: Value?) throws(FaultPlanError) -> Value {
        guard let value else { throw FaultPlanError(.missing, at: path, "'\(name)' is missing") }
        return value
    }

    func path(of name: String) -> String { "\(path).\(name)" }

    func bad(_ name: String, _ reason: String) -> FaultPlanError {
        FaultPlanError(.badValue, at: path(of: name), reason)
    }

    private func wrong(_ name: String, _ expected: String, _ value: JSONValue) -> FaultPlanError {
        bad(name, "must be \(expected), not " + (value.stringValue.map { "\"\($0)\"" } ?? value.kindName))
    }
}

extension Double {
    /// The number without an empty fraction: `5`, `0.1`.
    var plain: String {
        let text = "\(self)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension Duration {
    /// The duration in the form that `init(text:)` reads, to the millisecond.
    var exactText: String {
        let (seconds, attoseconds) = components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        return milliseconds == 0 ? "\(seconds)s" : "\(seconds * 1000 + milliseconds)ms"
    }
}
