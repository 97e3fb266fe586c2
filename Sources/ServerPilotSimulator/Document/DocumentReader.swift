internal import Groundwork
internal import OrderedCollections

/// Reads the members of one object in a state document, and names the object's place in errors.
struct DocumentReader {
    private let members: JSONObject
    private let place: String

    init(_ value: JSONValue?, at place: String) throws(SimulatorStateError) {
        guard case .object(let members)? = value else {
            throw SimulatorStateError(.malformed, "The simulator's state has no object at \(place).")
        }
        self.members = members
        self.place = place
    }

    private func value<Value>(_ name: String, _ value: Value?) throws(SimulatorStateError) -> Value {
        guard let value else {
            throw SimulatorStateError(
                .malformed, "In the simulator's state \(place).\(name) is missing or has the wrong type.")
        }
        return value
    }

    func string(_ name: String) throws(SimulatorStateError) -> String {
        try value(name, members[name]?.stringValue)
    }

    func boolean(_ name: String) throws(SimulatorStateError) -> Bool {
        try value(name, members[name]?.boolValue)
    }

    /// Returns a Boolean member, or `absent` if a document of an earlier version lacks it.
    func boolean(_ name: String, default absent: Bool) throws(SimulatorStateError) -> Bool {
        members[name] == nil ? absent : try boolean(name)
    }

    func duration(_ name: String) throws(SimulatorStateError) -> Duration {
        try value(name, members[name]?.integerValue.map { .nanoseconds($0) })
    }

    func timestamp(_ name: String) throws(SimulatorStateError) -> Timestamp {
        Timestamp(sinceEpoch: try duration(name))
    }

    func strings(_ name: String) throws(SimulatorStateError) -> [String] {
        let elements = try value(name, members[name]?.arrayValue)
        let strings = elements.compactMap(\.stringValue)
        return try value(name, strings.count == elements.count ? strings : nil)
    }

    /// Returns a list of strings, or `absent` if a document of an earlier version lacks it.
    func strings(_ name: String, default absent: [String]) throws(SimulatorStateError) -> [String] {
        members[name] == nil ? absent : try strings(name)
    }

    func integer(_ name: String) throws(SimulatorStateError) -> Int64 {
        try value(name, members[name]?.integerValue)
    }

    /// Returns a member that may be null.
    func optional<Value>(
        _ name: String, _ read: (DocumentReader) throws(SimulatorStateError) -> Value
    ) throws(SimulatorStateError) -> Value? {
        try value(name, members[name]) == .null ? nil : try read(self)
    }

    /// Returns a string, or `absent` if it is null or a document of an earlier version lacks it.
    func string(_ name: String, default absent: String?) throws(SimulatorStateError) -> String? {
        members[name].map { $0 == .null } ?? true ? absent : try string(name)
    }

    func object(_ name: String) throws(SimulatorStateError) -> DocumentReader {
        try DocumentReader(members[name], at: "\(place).\(name)")
    }

    /// Returns the elements of an array of objects.
    func objects(_ name: String) throws(SimulatorStateError) -> [DocumentReader] {
        var readers: [DocumentReader] = []
        for (index, element) in try value(name, members[name]?.arrayValue).enumerated() {
            readers.append(try DocumentReader(element, at: "\(place).\(name)[\(index + 1)]"))
        }
        return readers
    }
}

extension JSONValue {
    /// Creates the value of a duration in a state document: whole nanoseconds, clamped to 64 bits (292 years).
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflowOfSum) = nanoseconds.addingReportingOverflow(attoseconds / 1_000_000_000)
        self = .integer(overflow || overflowOfSum ? (seconds < 0 ? .min : .max) : sum)
    }

    /// Creates the value of a time in a state document: whole nanoseconds since the epoch, until the year 2262.
    init(_ time: Timestamp) {
        self.init(time.sinceEpoch)
    }

    /// Creates the value of a random source in a state document: its state in hexadecimal.
    init(_ random: SeededRandom) {
        self = .string(String(random.state, radix: 16))
    }

    /// Creates the value of a string in a state document; null for `nil`.
    init(_ text: String?) {
        self = text.map { .string($0) } ?? .null
    }
}
