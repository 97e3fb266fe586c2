internal import Groundwork
internal import ServerPilot

/// The deliberate failures of a simulation, as a value: faults of calls, and rules for when new servers connect.
///
/// In text form, a plan is a JSON document (`init(document:)`). A single fault also has a short form
/// (`Fault.init(text:)`).
///
/// ```swift
/// let plan = FaultPlan(
///     [Fault(.operation("create_app"), .nth(1), .replyLost)],
///     connections: [FaultPlan.Connection("www*", after: .seconds(90))])
/// let same = try FaultPlan(document: plan.document)
/// print(plan == same)  // true
/// ```
public struct FaultPlan: Hashable, Sendable {
    /// A rule for when servers with matching names connect.
    public struct Connection: Hashable, Sendable {
        /// A name in which `*` matches any text.
        public let pattern: String
        /// The delay between the creation of such a server and its connection; `nil` for never.
        public let delay: Duration?

        /// Creates a rule for new servers.
        public init(_ pattern: String = "*", after delay: Duration?) {
            self.pattern = pattern
            self.delay = delay
        }
    }

    /// The faults, in the order in which they are checked.
    public var faults: [Fault]
    /// Rules for servers that have not connected yet: the first match counts, and a server without a match never
    /// connects.
    public var connections: [Connection]

    /// Creates a plan; by default without failures.
    public init(_ faults: [Fault] = [], connections: [Connection] = []) {
        self.faults = faults
        self.connections = connections
    }

    /// Returns the time at which an unconnected server will connect; `nil` for never.
    func connectionTime(of server: ServerRecord) -> Timestamp? {
        guard server.connected == nil, let rule = connections.first(where: { $0.fits(server.name) }) else { return nil }
        return rule.delay.map { server.created + $0 }
    }
}

extension FaultPlan.Connection {
    /// Whether the name matches the pattern.
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
