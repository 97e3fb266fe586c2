import NIOCore
import NIOPosix
import ServerPilotSimulator
import Synchronization

/// Bytes to the server and back, for what a proper client does not send.
enum RawConnection {
    /// Writes texts to the server.
    struct Writer {
        fileprivate let channel: NIOAsyncChannelOutboundWriter<ByteBuffer>
        func write(_ text: String) async throws { try await channel.write(ByteBuffer(string: text)) }
    }

    /// Runs the body with a connection, which is closed after it; what comes from the server is read as texts.
    static func open<Value: Sendable>(
        at address: SimulatorServer.Address,
        _ body: (any AsyncSequence<String, any Error>, Writer) async throws -> Value
    ) async throws -> Value {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await body(inbound.map { String(buffer: $0) }, Writer(channel: outbound))
        }
    }

    /// Sends the text and reads until that many responses with a body have begun, or the server closes.
    static func exchange(_ text: String, at address: SimulatorServer.Address, until count: Int) async throws -> String {
        try await open(at: address) { inbound, outbound in
            // The server may answer and close before it has read everything.
            try? await outbound.write(text)
            var received = ""
            for try await part in inbound {
                received += part
                guard count < .max else { continue }
                let answers = received.components(of: "HTTP/1.1 ")
                if answers.count > count, answers.last?.contains("}") == true { break }
            }
            return received
        }
    }
}

extension String {
    /// The parts between the separators, empty ones too.
    func components(of separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}

/// Addresses that were found, behind their own lock.
final class Addresses: Sendable {
    private let found = Mutex<[SimulatorServer.Address]>([])
    var all: [SimulatorServer.Address] { found.withLock { $0 } }
    func add(_ address: SimulatorServer.Address) { found.withLock { $0.append(address) } }
}
