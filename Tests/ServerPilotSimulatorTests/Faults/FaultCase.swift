import Groundwork
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import Testing

/// A fault that strikes the creation of a system user, and what it has to look like from outside.
struct FaultCase: Sendable, CustomTestStringConvertible {
    /// What a client over a raw connection sees.
    enum Bytes: Sendable {
        /// The connection ends without any.
        case none
        /// A head with that status, and a body of the length that it tells.
        case whole(Int)
        /// A head of status 200, and so many bytes fewer of the body than it tells: of all but so many, or of half.
        case cut(keeping: Int?)
    }

    /// What a client in process sees.
    enum Outcome: Sendable, Equatable {
        case success
        case failure(ServerPilotError.Code, Delivery)
    }

    /// What the kind writes after `create_sysuser=`.
    let fault: String
    let bytes: Bytes
    let outcome: Outcome
    /// Whether the account has the user afterwards.
    let isDone: Bool
    /// How much time passes for the client.
    var time = Duration.zero
    /// What the log says of the status.
    var status = 200

    var testDescription: String { fault }

    var plan: FaultPlan {
        get throws { FaultPlan([try Fault(text: "create_sysuser=" + fault)]) }
    }
}

extension FaultCase {
    private static let lost = Outcome.failure(.connectionLost, .ambiguous)
    private static let unreadable = Outcome.failure(.unreadableReply, .ambiguous)

    /// Every kind that changes how the call or its reply goes.
    static let all = statuses + connections + bodies + times

    private static let statuses = [
        FaultCase(
            fault: "400", bytes: .whole(400), outcome: .failure(.badRequest, .rejected), isDone: false, status: 400),
        FaultCase(
            fault: "408", bytes: .whole(408), outcome: .failure(.unexpectedStatus, .ambiguous), isDone: false,
            status: 408),
        FaultCase(
            fault: "503", bytes: .whole(503), outcome: .failure(.serverFault, .ambiguous), isDone: false, status: 503),
        FaultCase(
            fault: "500,effect=done", bytes: .whole(500), outcome: .failure(.serverFault, .ambiguous), isDone: true,
            status: 500),
        FaultCase(
            fault: "throttled,retry_after=7s", bytes: .whole(429), outcome: .failure(.throttled, .throttled),
            isDone: false, status: 429),
    ]

    private static let connections = [
        FaultCase(fault: "closed", bytes: .none, outcome: lost, isDone: false, status: 0),
        FaultCase(fault: "closed,effect=done", bytes: .cut(keeping: 0), outcome: lost, isDone: true),
        FaultCase(fault: "reply_lost", bytes: .none, outcome: lost, isDone: true),
    ]

    private static let bodies = [
        FaultCase(fault: "truncated", bytes: .cut(keeping: nil), outcome: lost, isDone: true),
        FaultCase(fault: "truncated,keep=10", bytes: .cut(keeping: 10), outcome: lost, isDone: true),
        FaultCase(fault: "truncated,length=short", bytes: .whole(200), outcome: unreadable, isDone: true),
        FaultCase(fault: "truncated,length=short,keep=0", bytes: .whole(200), outcome: unreadable, isDone: true),
        FaultCase(fault: "wrong_json", bytes: .whole(200), outcome: unreadable, isDone: true),
        FaultCase(fault: "wrong_json,body=shape", bytes: .whole(200), outcome: unreadable, isDone: true),
        FaultCase(fault: "wrong_json,body=huge,size=300000", bytes: .whole(200), outcome: unreadable, isDone: true),
    ]

    private static let times = [
        FaultCase(fault: "delay,time=90s", bytes: .whole(200), outcome: .success, isDone: true, time: .seconds(90)),
        FaultCase(fault: "drip,time=64s", bytes: .whole(200), outcome: .success, isDone: true, time: .seconds(64)),
        FaultCase(
            fault: "late,after=20s,patience=60s", bytes: .none, outcome: .failure(.timedOut, .ambiguous),
            isDone: false, time: .seconds(60), status: 0),
    ]
}

/// A stage whose one server has connected, and the call that the cases strike.
struct FaultStage: Sendable {
    let stage: Stage
    let server: String

    init(_ plan: FaultPlan = FaultPlan(), seed: UInt64 = 1, way: Way = .inProcess) async throws {
        stage = try await way.stage(seed: seed)
        server = try await stage.connectedServer()
        stage.simulator.changeFaults { $0.add(plan) }
    }

    init(_ faults: String..., seed: UInt64 = 1, way: Way = .inProcess) async throws {
        try await self.init(FaultPlan(try faults.map { try Fault(text: $0) }), seed: seed, way: way)
    }

    var arguments: JSONObject { ["serverid": .string(server), "name": "acme"] }

    /// Whether the account has the user.
    var isDone: Bool { stage.simulator.account.sysusers.values.contains { $0.name == "acme" } }

    func create() async throws -> Reply { try await stage.call("create_sysuser", arguments) }

    /// The call as bytes, of a client that wants to hear no more after it.
    var request: String {
        let body = JSONValue.object(arguments).text()
        return "POST /v1/sysusers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Authorization: \(stage.simulator.credentials.authorization.reveal())\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n" + body
    }

    /// How much time has passed on the stage.
    var elapsed: Duration { stage.clock.now - Stage.beginning }
}
