import ServerPilot

/// Changes or replaces what another transport answers.
struct AlteredTransport: Transport {
    let base: any Transport
    let alter: @Sendable (WireRequest, WireResponse) throws(ServerPilotError) -> WireResponse

    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        try alter(request, try await base.send(request))
    }
}
