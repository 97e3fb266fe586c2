import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A TCP server on loopback that does what a test writes down for each connection.
///
/// It knows no HTTP but the little in `TestConnection`, so that nothing of the client's HTTP code is tested against
/// itself.
final class TestServer: Sendable {
    typealias Script = @Sendable (TestConnection) async throws -> Void

    private struct Log {
        var requests: [SeenRequest] = []
        var connections = 0
        var openConnections = 0
        var mostOpenConnections = 0
        var bytesWritten = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    let port: Int
    private let log = Mutex(Log())

    private init(port: Int) { self.port = port }

    /// The requests that came whole, in the order in which they came.
    var requests: [SeenRequest] { log.withLock { $0.requests } }
    /// How many connections were made.
    var connections: Int { log.withLock { $0.connections } }
    /// How many connections there were at the same time.
    var mostOpenConnections: Int { log.withLock { $0.mostOpenConnections } }
    /// The bytes that the client's side took from all connections.
    var bytesWritten: Int { log.withLock { $0.bytesWritten } }

    func saw(_ request: SeenRequest) { log.withLock { $0.requests.append(request) } }
    func wrote(_ count: Int) { log.withLock { $0.bytesWritten += count } }

    private func opened() -> Int {
        log.withLock { log in
            log.connections += 1
            log.openConnections += 1
            log.mostOpenConnections = max(log.mostOpenConnections, log.openConnections)
            return log.connections
        }
    }

    private func closed() {
        let waiters = log.withLock { log -> [CheckedContinuation<Void, Never>] in
            log.openConnections -= 1
            guard log.openConnections == 0 else { return [] }
            defer { log.waiters = [] }
            return log.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when there is no connection.
    func untilAllAreClosed() async {
        await withCheckedContinuation { continuation in
            let isOver = log.withLock { log in
                if log.openConnections > 0 { log.waiters.append(continuation) }
                return log.openConnections == 0
            }
            if isOver { continuation.resume() }
        }
    }

    /// Serves while `body` runs, then stops everything.
    static func with<Result: Sendable>(
        tls: NIOSSLContext? = nil, _ script: @escaping Script, body: (TestServer) async throws -> Result
    ) async throws -> Result {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // Nothing is read before the script is there to read it.
            .childChannelOption(.autoRead, value: false)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    return channel
                }
            }
        let server = TestServer(port: listener.channel.localAddress?.port ?? 0)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try? await listener.executeThenClose { incoming in
                    try await withThrowingDiscardingTaskGroup { connections in
                        for try await channel in incoming {
                            connections.addTask { await server.serve(channel, script) }
                        }
                    }
                }
            }
            defer { group.cancelAll() }
            return try await body(server)
        }
    }

    private func serve(_ channel: any Channel, _ script: Script) async {
        let number = opened()
        defer { closed() }
        let stream = try? await channel.eventLoop.submit {
            try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }.get()
        guard let stream else { return }
        channel.setOption(.autoRead, value: true).whenComplete { _ in channel.read() }
        // A script ends in an error when the client goes away, which is for the test to notice at the client.
        try? await stream.executeThenClose { inbound, outbound in
            try await script(
                TestConnection(
                    number: number, server: self, channel: channel, inbound: inbound.makeAsyncIterator(),
                    outbound: outbound))
        }
    }
}
