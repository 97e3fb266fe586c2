import AsyncHTTPClient
import Groundwork
import HTTPTypes
import NIOCore
import NIOHTTP1
import ServerPilot
import ServerPilotSimulator
import Testing

/// The ways to the simulation, which have to give the same.
enum Way: String, CaseIterable, CustomTestStringConvertible {
    case inProcess
    /// Over HTTP.
    case socket
    /// Over HTTPS.
    case secure
    /// Over HTTP, the account in SQLite.
    case stored

    var testDescription: String { rawValue }

    /// A stage for this way.
    func stage(
        seed: UInt64 = 1, account: Account = Account(), faults: FaultPlan = FaultPlan()
    ) async throws -> Stage {
        guard self == .stored else { return Stage(seed: seed, account: account, faults: faults) }
        let file = try StoreFile()
        let store = try SQLiteAccountStore(path: file.path)
        let stage = Stage(seed: seed, account: account, faults: faults, store: store, file: file)
        try await store.create(
            StoredAccount(state: stage.simulator.state, credentials: stage.simulator.credentials))
        return stage
    }

    /// One with one of everything.
    func furnished(seed: UInt64 = 1) async throws -> FurnishedStage {
        try await FurnishedStage(stage: try await stage(seed: seed))
    }

    /// Runs the body with a transport to the stage's simulator that adds no credentials.
    func reach(_ stage: Stage, _ body: @Sendable (any Transport) async throws -> Void) async throws {
        switch self {
        case .inProcess: try await body(stage.simulator)
        case .socket:
            try await withServer(stage) { address in
                try await body(SocketTransport(baseURL: address.baseURL))
            }
        case .secure:
            let authority = try await Authority.shared
            try await withServer(stage, identity: authority.identity) { address in
                #expect(address.baseURL.hasPrefix("https://"))
                try await body(SocketTransport(baseURL: address.baseURL, client: authority.client))
            }
        case .stored:
            try await withServer(stage) { address in
                try await body(SocketTransport(baseURL: address.baseURL))
            }
            // What was answered is in the file, and nothing else.
            let kept = try await SQLiteAccountStore(path: try #require(stage.file).path).load()
            #expect(kept?.state.account == stage.simulator.account)
        }
    }
}

/// Runs the body while the stage's simulator listens on a free port of this machine.
func withServer(
    _ stage: Stage, controlToken: Secret<String>? = nil, page: Bool = false, identity: ServerIdentity? = nil,
    _ body: @Sendable (SimulatorServer.Address) async throws -> Void
) async throws {
    let (addresses, announce) = AsyncStream.makeStream(of: SimulatorServer.Address.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { announce.finish() }
            let shown = page ? SimulatorPage(of: stage.simulator, history: RequestHistory(), speed: 1) : nil
            let server = SimulatorServer(stage.simulator, controlToken: controlToken, page: shown, identity: identity)
            try await server.run { announce.yield($0) }
        }
        for await address in addresses {
            do {
                try await body(address)
            } catch {
                group.cancelAll()
                throw error
            }
            break
        }
        group.cancelAll()
        do {
            try await group.waitForAll()
        } catch is CancellationError {}
    }
}

/// The smallest transport over HTTP there is.
struct SocketTransport: Transport {
    let baseURL: String
    var client = HTTPClient.shared

    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        do {
            var outgoing = HTTPClientRequest(url: baseURL + request.path)
            outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
            for field in request.headers { outgoing.headers.add(name: field.name.rawName, value: field.value) }
            if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
            let response = try await client.execute(outgoing, timeout: .seconds(120))
            var headers = HTTPFields()
            for (name, value) in response.headers {
                if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
            }
            let body = try await response.body.collect(upTo: 64 << 20)
            return WireResponse(
                status: HTTPResponse.Status(code: Int(response.status.code)), headers: headers,
                body: Array(buffer: body))
        } catch {
            throw ServerPilotError(code: .connectionLost, message: "\(error)", delivery: .ambiguous)
        }
    }
}

/// Adds the credentials of a stage to requests.
struct Authorized: Transport {
    let transport: any Transport
    let stage: Stage

    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        var request = request
        request.headers[.authorization] = stage.simulator.credentials.authorization.reveal()
        return try await transport.send(request)
    }
}
