internal import Groundwork
internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot
internal import ServerPilotSimulator

/// A log of a simulator with a line of JSON per request.
///
/// The log has no bodies and no headers, because those contain secrets. It has the part of the path before the `?`.
struct RequestLog: Sendable {
    private let stream: Stream
    private let speed: Double
    private var redactor = Redactor()

    /// Creates a log.
    ///
    /// - Parameters:
    ///   - stream: The stream for the lines.
    ///   - speed: The simulated seconds per real second; `milliseconds` in the log are real.
    init(_ stream: Stream, speed: Double) {
        self.stream = stream
        self.speed = speed
    }

    /// Returns the same log with secrets removed from paths, for a user who pastes a key into an address.
    func redacted(by redactor: Redactor) -> RequestLog {
        var log = self
        log.redactor = redactor
        return log
    }

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
