internal import Groundwork
internal import ServerPilot

extension ActionRecord: DocumentedRecord {
    var document: JSONValue {
        [
            "id": .string(id.rawValue), "server": .string(serverID.rawValue),
            "operation": .string(operation.rawValue), "created": JSONValue(created), "duration": JSONValue(duration),
            "outcome": .string(outcome.rawValue), "end": end.map { JSONValue($0) } ?? .null,
        ]
    }

    init(document: DocumentReader) throws(SimulatorStateError) {
        guard let outcome = ActionPlan.Outcome(rawValue: try document.string("outcome")) else {
            throw SimulatorStateError(.malformed, "In the simulator's state an action has an unknown outcome.")
        }
        self.init(
            id: ActionID(try document.string("id")), serverID: ServerID(try document.string("server")),
            operation: Operation.Name(rawValue: try document.string("operation")),
            created: try document.timestamp("created"), duration: try document.duration("duration"),
            outcome: outcome,
            end: try document.optional("end") { (row) throws(SimulatorStateError) in try row.timestamp("end") })
    }
}
