import NIOCore
import NIOPosix

extension TestConnection {
    /// Passes bytes to and fro between the client and another port of this machine, until one of them closes.
    func tunnel(to port: Int) async throws {
        let remote = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await remote.executeThenClose { inbound, outbound in
            let client = self.outbound
            let back = Task {
                for try await bytes in inbound { try await client.write(bytes) }
            }
            defer { back.cancel() }
            while let bytes = try await read() { try await outbound.write(ByteBuffer(bytes: bytes)) }
        }
    }
}
