internal import OrderedCollections
internal import ServerPilot

/// Takes members out of one object of a state document, and knows where it is for messages.
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
                .malformed, "In the simulator's state \(place).\(name) is missing or of a wrong type.")
        }
        return value
    }

    func string(_ name: String) throws(SimulatorStateError) -> String {
        try value(name, members[name]?.stringValue)
    }

    func boolean(_ name: String) throws(SimulatorStateError) -> Bool {
        try value(name, members[name]?.boolValue)
    }

    /// A member that documents of an earlier version lack.
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

    /// A member that documents of an earlier version lack.
    func strings(_ name: String, default absent: [String]) throws(SimulatorStateError) -> [String] {
        members[name] == nil ? absent : try strings(name)
    }

    func integer(_ name: String) throws(SimulatorStateError) -> Int64 {
        try value(name, members[name]?.integerValue)
    }

    /// A member that may be null.
    func optional<Value>(
        _ name: String, _ read: (DocumentReader) throws(SimulatorStateError) -> Value
    ) throws(SimulatorStateError) -> Value? {
        try value(name, members[name]) == .null ? nil : try read(self)
    }

    /// A text that may be null, and that documents of an earlier version lack.
    func string(_ name: String, default absent: String?) throws(SimulatorStateError) -> String? {
        members[name].map { $0 == .null } ?? true ? absent : try string(name)
    }

    func object(_ name: String) throws(SimulatorStateError) -> DocumentReader {
        try DocumentReader(members[name], at: "\(place).\(name)")
    }

    /// The elements of an array of objects.
    func objects(_ name: String) throws(SimulatorStateError) -> [DocumentReader] {
        var readers: [DocumentReader] = []
        for (index, element) in try value(name, members[name]?.arrayValue).enumerated() {
            readers.append(try DocumentReader(element, at: "\(place).\(name)[\(index + 1)]"))
        }
        return readers
    }
}

extension JSONValue {
    /// A duration in a state document: whole nanoseconds, at most what 64 bits hold (292 years).
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflowOfSum) = nanoseconds.addingReportingOverflow(attoseconds / 1_000_000_000)
        self = .integer(overflow || overflowOfSum ? (seconds < 0 ? .min : .max) : sum)
    }

    /// A time in a state document: whole nanoseconds since the epoch, which lasts until 2262.
    init(_ time: Timestamp) {
        self.init(time.sinceEpoch)
    }

    /// A source of random numbers in a state document: where it stands, in hexadecimal.
    init(_ random: SeededRandom) {
        self = .string(String(random.state, radix: 16))
    }

    /// A value in a state document that may be null.
    init(_ text: String?) {
        self = text.map { .string($0) } ?? .null
    }
}
