internal import HTTPTypes
public import ServerPilot

extension SimulatedServerPilot: Transport {
    /// Answers a request that carries its credentials itself, as one over HTTP does.
    ///
    /// - Throws: what a fault makes of it; as `HTTPTransport` would, it says that the request may have been done.
    public func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        try await deliver(await exchange(request))
    }

    /// A transport that adds the right credentials to every request: how the engine reaches the simulation.
    public var transport: AuthorizedTransport { AuthorizedTransport(to: self) }
}

/// The simulation in process, for those who hold no credentials.
public struct AuthorizedTransport: Transport {
    private let serverPilot: SimulatedServerPilot

    init(to serverPilot: SimulatedServerPilot) {
        self.serverPilot = serverPilot
    }

    /// Answers the request as if it carried the account's credentials.
    public func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        var request = request
        request.headers[.authorization] = serverPilot.credentials.authorization.reveal()
        return try await serverPilot.send(request)
    }
}
