internal import Groundwork
internal import ServerPilot

extension SimulatedServerPilot {
    /// Delivers an answer to a client in process, which observes the same as a client on a socket.
    ///
    /// - Throws: `ServerPilotError` if a client over HTTP would get no complete response.
    func deliver(_ exchange: SimulatedExchange) async throws(ServerPilotError) -> WireResponse {
        if exchange.delay > .zero { try await pass(exchange.delay) }
        switch exchange.delivery {
        case .whole: return exchange.response
        case .dripped(let duration):
            try await pass(duration)
            return exchange.response
        case .cut, .headOnly: throw .lost("the connection was closed in the middle of the reply")
        case .never: throw .lost("the connection was closed before a reply came")
        case .padded(let count): return try Self.padded(exchange.response, to: count)
        case .held(let ticket, let patience):
            defer { release(ticket) }
            try await pass(patience)
            throw ServerPilotError(
                code: .timedOut, message: "no reply came within \(patience.shortText)", delivery: .ambiguous)
        }
    }

    private func pass(_ duration: Duration) async throws(ServerPilotError) {
        do {
            try await time.sleep(for: duration)
        } catch {
            throw ServerPilotError(code: .cancelled, message: "the call was cancelled", delivery: .ambiguous)
        }
    }

    private static func padded(
        _ response: WireResponse, to count: Int
    ) throws(ServerPilotError) -> WireResponse {
        let limit = FaultLimits.largestWholeBody
        guard count <= limit else {
            throw ServerPilotError(
                code: .replyTooLarge, message: "the reply is larger than \(limit) bytes", delivery: .ambiguous)
        }
        let padding = max(0, count - SimulatedExchange.paddingStart.count - SimulatedExchange.paddingEnd.count)
        var response = response
        response.body =
            SimulatedExchange.paddingStart + Array(repeating: UInt8(ascii: "a"), count: padding)
            + SimulatedExchange.paddingEnd
        return response
    }
}

extension ServerPilotError {
    fileprivate static func lost(_ message: String) -> ServerPilotError {
        ServerPilotError(code: .connectionLost, message: message, delivery: .ambiguous)
    }
}
