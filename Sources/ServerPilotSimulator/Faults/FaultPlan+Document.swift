public import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension FaultPlan {
    /// The version of the document that this program writes.
    public static let formatVersion: Int64 = 1

    /// The plan as a JSON document with its format version.
    public var document: JSONValue {
        [
            "format_version": .integer(Self.formatVersion), "faults": .array(faults.map { .object($0.document) }),
            "servers": .array(
                connections.map { rule in
                    [
                        "name": .string(rule.pattern),
                        "connect_after": rule.delay.map { .string($0.exactText) } ?? .null,
                    ]
                }),
        ]
    }

    /// Reads a plan; a document without a version has the current format.
    ///
    /// - Throws: `FaultPlanError` with the JSON path of the first mistake.
    public init(document: JSONValue) throws(FaultPlanError) {
        let reader = try FaultReader(document, at: "$", known: ["format_version", "faults", "servers"])
        if let version = reader.value("format_version"), version != .integer(Self.formatVersion) {
            throw reader.bad("format_version", "must be \(Self.formatVersion), the format that this program supports")
        }
        var faults: [Fault] = []
        for fault in try reader.objects("faults") { faults.append(try Fault(fault)) }
        var connections: [Connection] = []
        for rule in try reader.objects("servers", known: ["name", "connect_after"]) {
            let delay = rule.value("connect_after") == .null ? nil : try rule.duration("connect_after")
            guard rule.has("connect_after") else {
                throw FaultPlanError(
                    .missing, at: rule.path, "'connect_after' is missing: a time such as \"90s\", or null for never")
            }
            connections.append(Connection(try rule.string("name") ?? "*", after: delay))
        }
        self.init(faults, connections: connections)
        try checkSize()
    }

    /// Reads a plan from JSON text.
    ///
    /// - Throws: `FaultPlanError` with the JSON path of the first mistake.
    public init(bytes: [UInt8]) throws(FaultPlanError) {
        let document: JSONValue
        do throws(JSONFailure) {
            document = try JSONValue(bytes: bytes)
        } catch {
            throw FaultPlanError(.malformed, at: "$", "it is not JSON: \(error)")
        }
        try self.init(document: document)
    }

    func checkSize() throws(FaultPlanError) {
        for (name, count) in [("faults", faults.count), ("servers", connections.count)]
        where count > FaultLimits.faults {
            throw FaultPlanError(.tooMany, at: "$.\(name)", "must be at most \(FaultLimits.faults), not \(count)")
        }
    }
}

extension FaultPlan.Connection {
    /// Reads the short form: `90s`, `never`, `www*=90s`.
    ///
    /// - Throws: `FaultPlanError`.
    public init(text: String) throws(FaultPlanError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let time = String(parts.last ?? "")
        let pattern = parts.count == 2 ? String(parts[0]) : "*"
        guard time != "never" else {
            self.init(pattern, after: nil)
            return
        }
        guard let delay = Duration(text: time), delay <= FaultLimits.longestWait else {
            throw FaultPlanError(
                .badValue, at: "$",
                "write [NAME=]TIME, such as 90s, www*=10m or never; not '\(text)'")
        }
        self.init(pattern, after: delay)
    }
}
