internal import ServerPilot

/// What goes wrong in a simulation, as a value: faults of calls, and when new servers connect.
///
/// It is written as a JSON document (`init(document:)`), a fault alone also in a short form (`Fault.init(text:)`).
public struct FaultPlan: Hashable, Sendable {
    /// When servers connect whose names are like a pattern.
    public struct Connection: Hashable, Sendable {
        /// A name in which `*` stands for any text.
        public let pattern: String
        /// How long after its creation such a server connects; `nil` for never.
        public let delay: Duration?

        /// A rule for new servers.
        public init(_ pattern: String = "*", after delay: Duration?) {
            self.pattern = pattern
            self.delay = delay
        }
    }

    /// The faults, in the order in which they are looked at.
    public var faults: [Fault]
    /// Rules for servers that have not connected yet; the first that fits counts, and where none does they never do.
    public var connections: [Connection]

    /// A plan; by default nothing goes wrong.
    public init(_ faults: [Fault] = [], connections: [Connection] = []) {
        self.faults = faults
        self.connections = connections
    }

    /// When a server connects that is still to; `nil` for never.
    func connectionTime(of server: ServerRecord) -> Timestamp? {
        guard server.connected == nil, let rule = connections.first(where: { $0.fits(server.name) }) else { return nil }
        return rule.delay.map { server.created + $0 }
    }
}

extension FaultPlan.Connection {
    /// Whether the name is like the pattern.
    func fits(_ name: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last, parts.count > 1 else { return name == pattern }
        guard name.utf8.count >= first.utf8.count + last.utf8.count, name.hasPrefix(first), name.hasSuffix(last)
        else { return false }
        var rest = name.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}
