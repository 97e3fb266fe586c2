internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot
internal import ServerPilotSimulator

/// What a simulator did, as one JSON object a line for each request.
///
/// Bodies and headers are where the secrets are, and they are not in it; of a path everything before the `?` is.
struct RequestLog: Sendable {
    private let stream: Stream
    private let speed: Double
    private var redactor = Redactor()

    /// - Parameters:
    ///   - stream: where the lines go.
    ///   - speed: how much faster than real the simulation's time goes; `milliseconds` are real ones.
    init(_ stream: Stream, speed: Double) {
        self.stream = stream
        self.speed = speed
    }

    /// The same log, with these secrets taken out of paths: whoever pastes a key into an address has it logged else.
    func redacted(by redactor: Redactor) -> RequestLog {
        var log = self
        log.redactor = redactor
        return log
    }

    /// Adds a line.
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
