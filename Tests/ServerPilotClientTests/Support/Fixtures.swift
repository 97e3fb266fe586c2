import Groundwork
import HTTPTypes
import ServerPilot
import ServerPilotClient
import Testing

/// What most tests of the transport need.
enum Fixture {
    static let key = "s3cr3t-Key/with+signs"

    static func credentials() throws -> Credentials { try Credentials(clientID: "cid_test", apiKey: Secret(key)) }

    static func transport(
        _ address: String, environment: [String: String] = [:], limits: HTTPLimits = quickLimits
    ) throws -> HTTPTransport {
        try HTTPTransport(
            endpoint: Endpoint(address), credentials: credentials(), environment: environment, version: "1.2.3",
            limits: limits)
    }

    /// A transport to a server without TLS.
    static func transport(to server: TestServer, limits: HTTPLimits = quickLimits) throws -> HTTPTransport {
        try transport("http://127.0.0.1:\(server.port)/v1", limits: limits)
    }

    /// Long enough for a busy machine, short enough not to hold up the suite where nothing times out.
    static let quickLimits: HTTPLimits = {
        var limits = HTTPLimits()
        limits.connecting = .seconds(120)
        limits.silence = .seconds(120)
        limits.exchange = .seconds(120)
        limits.replyBytes = 1 << 20
        return limits
    }()

    static let read = WireRequest(method: .get, path: "/servers")
    static let write = WireRequest(
        method: .post, path: "/apps", headers: [.contentType: "application/json"], body: Array(#"{"name":"shop"}"#.utf8)
    )
}

extension Transport {
    /// The failure of a request that must fail.
    func failure(
        of request: WireRequest, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> ServerPilotError {
        do throws(ServerPilotError) {
            let response = try await send(request)
            Issue.record("answered with \(response.status)", sourceLocation: sourceLocation)
            throw ServerPilotError(code: .unexpectedStatus, message: "no failure", delivery: .ambiguous)
        } catch {
            return error
        }
    }
}
