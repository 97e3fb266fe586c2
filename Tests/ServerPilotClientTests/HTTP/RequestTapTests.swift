import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import ServerPilotClient

@Suite struct RequestTapTests {
    private let tap = RequestTap()

    /// A connection as AsyncHTTPClient builds it, down to the encoder.
    private func connection() throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        try channel.pipeline.syncOperations.addHandler(HTTPRequestEncoder())
        let installation = tap.install(on: channel)
        channel.embeddedEventLoop.run()
        try installation.wait()
        return channel
    }

    private func write(_ number: UInt64?, to channel: EmbeddedChannel) throws {
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/v1/servers")
        if let number { head.headers.add(name: RequestTap.fieldName, value: String(number)) }
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        channel.embeddedEventLoop.run()
    }

    private func written(by channel: EmbeddedChannel) throws -> String {
        var text = ""
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
        return text
    }

    @Test("written bytes are recorded as written, without the number on the wire")
    func written() throws {
        let channel = try connection()
        let number = tap.begin()
        try write(number, to: channel)
        let text = try written(by: channel)
        #expect(text.hasPrefix("GET /v1/servers HTTP/1.1\r\n"))
        #expect(!text.contains(RequestTap.fieldName))
        #expect(tap.failed(number))
    }

    @Test("a request that was reported as not sent is never written afterwards")
    func toldAsNotSent() throws {
        let channel = try connection()
        let number = tap.begin()
        #expect(!tap.failed(number))
        try write(number, to: channel)
        #expect(try written(by: channel).isEmpty)
        #expect(!channel.isActive)
    }

    @Test("a request without a number is not written")
    func withoutNumber() throws {
        let channel = try connection()
        try write(nil, to: channel)
        #expect(try written(by: channel).isEmpty)
        #expect(!channel.isActive)
    }

    @Test("a failed request closes its connection, but not under a later request")
    func closing() throws {
        let channel = try connection()
        let (first, second) = (tap.begin(), tap.begin())
        try write(first, to: channel)
        try write(second, to: channel)
        #expect(tap.failed(first))
        channel.embeddedEventLoop.run()
        #expect(channel.isActive)
        #expect(tap.failed(second))
        channel.embeddedEventLoop.run()
        #expect(!channel.isActive)
    }

    @Test("a request that succeeded leaves its connection open")
    func success() throws {
        let channel = try connection()
        let number = tap.begin()
        try write(number, to: channel)
        tap.succeeded(number)
        channel.embeddedEventLoop.run()
        #expect(channel.isActive)
    }

    @Test("a connection without an encoder is not used")
    func withoutEncoder() throws {
        let channel = EmbeddedChannel()
        let installation = tap.install(on: channel)
        channel.embeddedEventLoop.run()
        #expect(throws: (any Error).self) { try installation.wait() }
    }
}
