internal import Groundwork
internal import HTTPTypes
public import ServerPilot

extension SimulatedServerPilot: Transport {
    /// Answers a request that carries its own credentials, as a request over HTTP does.
    ///
    /// - Throws: The error that a fault causes. As with `HTTPTransport`, the error says that the request may have taken
    ///   effect.
    public func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        try await deliver(await exchange(request))
    }

    /// A transport that adds the right credentials to every request, through which the engine reaches the simulation.
    public var transport: AuthorizedTransport { AuthorizedTransport(to: self) }
}

/// The simulation in process, for callers without credentials.
///
/// ```swift
/// func servers(of simulation: SimulatedServerPilot) async throws -> JSONValue? {
///     guard let operation = ServerPilot.Operation.named("servers") else { return nil }
///     return try await simulation.transport.call(operation, [:]).data
/// }
/// ```
public struct AuthorizedTransport: Transport {
    private let serverPilot: SimulatedServerPilot

    init(to serverPilot: SimulatedServerPilot) {
        self.serverPilot = serverPilot
    }

    /// Answers the request as if it carried the account's credentials.
    ///
    /// - Throws: the `ServerPilotError` that a fault causes.
    public func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        var request = request
        request.headers[.authorization] = serverPilot.credentials.authorization.reveal()
        return try await serverPilot.send(request)
    }
}
