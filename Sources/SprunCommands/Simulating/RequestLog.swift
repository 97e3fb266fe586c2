internal import Groundwork
internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot
internal import ServerPilotSimulator

/// A log of a simulator with a line of JSON per request.
///
/// The log has no bodies and no headers, because those contain secrets. It has the part of the path before the `?`.
struct RequestLog: Sendable {
    let stream: Stream
    /// The simulated seconds per real second; `milliseconds` in the log are real.
    let speed: Double
    /// Removes secrets from paths, for a user who pastes a key into an address.
    var redactor = Redactor()

    /// Appends a line.
    func append(_ record: RequestRecord) { stream.line(JSONValue.object(members(record)).text()) }

    private func members(_ record: RequestRecord) -> JSONObject {
        let milliseconds = max(0, record.duration.inSeconds * 1000 / speed)
        var members: JSONObject = [
            "time": .double((record.time.sinceEpoch.inSeconds * 1000).rounded() / 1000),
            "number": .integer(Int64(record.number)),
            "method": .string(record.method.rawValue), "path": .string(redactor.redact(record.path)),
            "operation": record.operation.map { .string($0.rawValue) } ?? .null,
            "status": .integer(Int64(record.status)), "rule": record.ruleID.map { .string($0) } ?? .null,
            "evidence": record.evidence.map { .string($0.rawValue) } ?? .null,
            "milliseconds": .double((milliseconds * 1000).rounded() / 1000),
        ]
        if !record.faults.isEmpty { members["faults"] = .array(record.faults.map { .string($0) }) }
        return members
    }
}
