import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import ServerPilot
import ServerPilotSimulator
import Testing

/// The two ways to the simulation, which have to give the same.
enum Way: String, CaseIterable, CustomTestStringConvertible {
    case inProcess
    case socket

    var testDescription: String { rawValue }

    /// Runs the body with a transport to the stage's simulator that adds no credentials.
    func reach(_ stage: Stage, _ body: @Sendable (any Transport) async throws -> Void) async throws {
        switch self {
        case .inProcess: try await body(stage.simulator)
        case .socket:
            try await withServer(stage) { address in
                try await body(SocketTransport(baseURL: address.baseURL))
            }
        }
    }
}

/// Runs the body while the stage's simulator listens on a free port of this machine.
func withServer(
    _ stage: Stage, controlToken: Secret<String>? = nil, identity: ServerIdentity? = nil,
    _ body: @Sendable (SimulatorServer.Address) async throws -> Void
) async throws {
    let (addresses, announce) = AsyncStream.makeStream(of: SimulatorServer.Address.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { announce.finish() }
            let server = SimulatorServer(stage.simulator, controlToken: controlToken, identity: identity)
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

    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        do {
            var outgoing = HTTPClientRequest(url: baseURL + request.path)
            outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
            for field in request.headers { outgoing.headers.add(name: field.name.rawName, value: field.value) }
            if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
            let response = try await HTTPClient.shared.execute(outgoing, timeout: .seconds(120))
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
