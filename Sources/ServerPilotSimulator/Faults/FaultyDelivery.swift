internal import Groundwork
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore
internal import ServerPilot

/// Delivers an answer over a connection, with the failures that the faults demand.
struct FaultyDelivery {
    /// The connection was closed on purpose, and nothing more is sent on it.
    struct Closed: Error {}

    let exchange: SimulatedExchange
    let serverPilot: SimulatedServerPilot
    let channel: any Channel

    /// Returns the response that the server must send.
    ///
    /// - Throws: `Closed` if there is nothing to send. The connection is then closed.
    func response() async throws -> Response {
        let time = serverPilot.time
        if exchange.delay > .zero {
            // The server stops before the reply is due, so the reply is lost with the connection.
            guard (try? await time.sleep(for: exchange.delay)) != nil else { return try await close() }
        }
        let body = exchange.response.body
        switch exchange.delivery {
        case .whole: return response(announcing: body.count, ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
        case .never: return try await close()
        case .held(let ticket, let patience):
            await waitForClient(atMost: patience)
            serverPilot.release(ticket)
            return try await close()
        case .headOnly: return cut(after: 0)
        case .cut(let count): return cut(after: count)
        case .dripped(let duration):
            return response(
                announcing: body.count,
                ResponseBody(contentLength: body.count) { writer in
                    let drops = Self.drops(of: body)
                    for (index, drop) in drops.enumerated() {
                        // Differences of cumulative times, so that all pauses together take exactly that duration.
                        try await time.sleep(
                            for: duration * (index + 1) / drops.count - duration * index / drops.count)
                        try await writer.write(ByteBuffer(bytes: drop))
                    }
                    try await writer.finish(nil)
                })
        case .padded(let count):
            return response(
                announcing: count,
                ResponseBody(contentLength: count) { writer in
                    for piece in Self.padding(to: count) { try await writer.write(piece) }
                    try await writer.finish(nil)
                })
        }
    }

    private func close() async throws -> Response {
        // The client may have closed the connection already, which has the same result.
        try? await channel.close()
        throw Closed()
    }

    /// Returns the head and the beginning of the body, then closes the connection.
    private func cut(after count: Int) -> Response {
        let body = exchange.response.body
        return response(
            announcing: body.count,
            ResponseBody(contentLength: body.count) { [channel] writer in
                try await writer.write(ByteBuffer(bytes: body.prefix(count)))
                try? await channel.close()
                throw Closed()
            })
    }

    private func response(announcing count: Int, _ body: ResponseBody) -> Response {
        var headers = exchange.response.headers
        headers[.contentLength] = String(count)
        return Response(status: exchange.response.status, headers: headers, body: body)
    }

    /// Returns when the client has closed the connection, after that time, or when the server stops.
    private func waitForClient(atMost patience: Duration) async {
        let (gone, announce) = AsyncStream.makeStream(of: Void.self)
        ClientWatch.onEnd(of: channel) { announce.finish() }
        let time = serverPilot.time
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await time.sleep(for: patience) }
            group.addTask { for await _ in gone {} }
            await group.next()
            group.cancelAll()
        }
    }

    private static func drops(of body: [UInt8]) -> [ArraySlice<UInt8>] {
        let size = max(1, (body.count + FaultLimits.drops - 1) / FaultLimits.drops)
        return stride(from: 0, to: body.count, by: size).map { body[$0..<min($0 + size, body.count)] }
    }

    /// Returns the parts of a JSON document of `count` bytes: a beginning, pieces of padding, and an end.
    private static func padding(to count: Int) -> [ByteBuffer] {
        let padding = max(0, count - SimulatedExchange.paddingStart.count - SimulatedExchange.paddingEnd.count)
        let (pieces, rest) = padding.quotientAndRemainder(dividingBy: FaultLimits.piece)
        // All pieces share one buffer in memory.
        let piece = ByteBuffer(repeating: UInt8(ascii: "a"), count: FaultLimits.piece)
        return [ByteBuffer(bytes: SimulatedExchange.paddingStart)] + Array(repeating: piece, count: pieces)
            + [ByteBuffer(repeating: UInt8(ascii: "a"), count: rest), ByteBuffer(bytes: SimulatedExchange.paddingEnd)]
    }
}
