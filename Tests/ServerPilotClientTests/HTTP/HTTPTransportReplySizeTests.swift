import Groundwork
import ServerPilot
import ServerPilotClient
import Testing

@Suite(.serialized, .timeLimit(.minutes(5))) struct HTTPTransportReplySizeTests {
    /// How a reply says how long it is.
    enum Framing: String, CaseIterable { case length, chunked, close }

    private static let gigabyte = 1 << 30

    /// Sends a gigabyte, or what the client takes of it.
    @Sendable private static func flood(_ connection: TestConnection, _ framing: Framing) async throws {
        _ = try await connection.request()
        let piece = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 16)
        switch framing {
        case .length: try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(gigabyte)\r\n\r\n")
        case .chunked: try await connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        case .close: try await connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        }
        for _ in 0..<(gigabyte / piece.count) {
            if framing == .chunked {
                try await connection.write(Array("10000\r\n".utf8) + piece + Array("\r\n".utf8))
            } else {
                try await connection.write(piece)
            }
        }
    }

    @Test("a reply of a gigabyte is cut off at the limit of 64 MiB, in any framing", arguments: Framing.allCases)
    func gigabytes(framing: Framing) async throws {
        try await TestServer.with {
            try await Self.flood($0, framing)
        } body: { server in
            let limits = HTTPLimits()
            let error = try await Fixture.transport(to: server, limits: limits).failure(of: Fixture.write)
            #expect(error.code == .replyTooLarge)
            #expect(error.delivery == .ambiguous)
            #expect(server.requests.count == 1)
            // What is in the buffers of both sides and of the network between: up to 50 MiB were seen.
            let slack = 128 << 20
            // An announced length is believed before the body is read.
            #expect(server.bytesWritten <= (framing == .length ? 0 : limits.replyBytes) + slack)
        }
    }

    @Test("a Content-Length above the limit is rejected without reading the body")
    func announcedLength() async throws {
        try await TestServer.with { connection in
            _ = try await connection.request()
            try await connection.write(
                "HTTP/1.1 200 OK\r\nContent-Length: \(Fixture.quickLimits.replyBytes + 1)\r\n\r\n")
            await connection.hang()
        } body: { server in
            let error = try await Fixture.transport(to: server).failure(of: Fixture.read)
            #expect(error.code == .replyTooLarge)
        }
    }

    @Test("a reply at the limit is read, a reply of one byte more is rejected", arguments: [0, 1], [true, false])
    func limit(excess: Int, isChunked: Bool) async throws {
        let count = Fixture.quickLimits.replyBytes + excess
        try await TestServer.with { connection in
            _ = try await connection.request()
            let body = String(repeating: "x", count: count)
            if isChunked {
                try await connection.write(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(String(count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
                )
            } else {
                try await connection.reply(body: body)
            }
        } body: { server in
            let transport = try Fixture.transport(to: server)
            if excess == 0 {
                #expect(try await transport.send(Fixture.read).body.count == count)
            } else {
                #expect(try await transport.failure(of: Fixture.read).code == .replyTooLarge)
            }
        }
    }

    @Test("headers of a megabyte are rejected")
    func largeHead() async throws {
        try await TestServer.with { connection in
            _ = try await connection.request()
            try await connection.write("HTTP/1.1 200 OK\r\n")
            for number in 0..<1024 {
                try await connection.write("X-\(number): \(String(repeating: "y", count: 1024))\r\n")
            }
            try await connection.reply()
        } body: { server in
            let error = try await Fixture.transport(to: server).failure(of: Fixture.read)
            #expect(error.code == .unreadableReply)
            #expect(error.delivery == .ambiguous)
            #expect(server.requests.count == 1)
        }
    }
}
