import NIOCore
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// One connection at a `TestServer`, for the script's one task.
final class TestConnection {
    let number: Int
    let server: TestServer
    let channel: any Channel
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var received: [UInt8] = []

    init(
        number: Int, server: TestServer, channel: any Channel,
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.number = number
        self.server = server
        self.channel = channel
        self.inbound = inbound
        self.outbound = outbound
    }

    /// The next bytes; `nil` once the client has closed.
    func read() async throws -> [UInt8]? {
        if !received.isEmpty {
            defer { received = [] }
            return received
        }
        return try await inbound.next(isolation: #isolation).map { Array($0.readableBytesView) }
    }

    /// The next whole request, which the server's log then holds; `nil` once the client has closed.
    func request() async throws -> SeenRequest? {
        while true {
            if let (request, rest) = split(received) {
                received = rest
                server.saw(request)
                return request
            }
            guard let more = try await inbound.next(isolation: #isolation) else { return nil }
            received += more.readableBytesView
        }
    }

    private func split(_ bytes: [UInt8]) -> (SeenRequest, rest: [UInt8])? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
        let bare = SeenRequest(connection: number, head: head, body: "")
        let length = bare.values["content-length"].flatMap(Int.init) ?? 0
        let body = bytes[end.upperBound...]
        guard body.count >= length else { return nil }
        let text = String(decoding: body.prefix(length), as: UTF8.self)
        return (SeenRequest(connection: number, head: head, body: text), Array(body.dropFirst(length)))
    }

    /// Writes, and returns when the network took it.
    func write(_ text: String) async throws { try await write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
        server.wrote(bytes.count)
    }

    /// A whole reply.
    func reply(_ status: String = "200 OK", _ fields: [String] = [], body: String = #"{"data":[]}"#) async throws {
        let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + fields
        try await write(head.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// Answers every request until the client closes.
    func replyToAll(body: String = #"{"data":[]}"#) async throws {
        while try await request() != nil { try await reply(body: body) }
    }

    /// Does nothing until the client closes, in order or not.
    func hang() async {
        while (try? await read()) != nil {}
    }

    /// Closes so that the client's side sees a reset.
    func reset() async throws {
        let options = try #require(channel as? any SocketOptionProvider)
        try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try await channel.close()
    }

    /// Lets real time pass: what the client's time-outs are about.
    func pause(_ duration: Duration) async throws {
        let (seconds, attoseconds) = duration.components
        try await channel.eventLoop.scheduleTask(
            in: .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
        ) {}.futureResult.get()
    }
}
