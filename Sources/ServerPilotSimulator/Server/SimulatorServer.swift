internal import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
internal import ServerPilot

/// The simulation as an HTTP server, which clients cannot tell from the API.
///
/// Requests go through `SimulatedServerPilot.respond(to:)`, the code that is also used in process.
public struct SimulatorServer: Sendable {
    /// Where the server listens.
    public struct Address: Hashable, Sendable {
        /// A host name or an address.
        public let host: String
        /// A port; of a server that is to start, 0 is any free one.
        public let port: Int

        /// An address; by default any free port that only this machine reaches.
        public init(host: String = "127.0.0.1", port: Int = 0) {
            self.host = host
            self.port = port
        }

        /// The base of the API there: `http://127.0.0.1:8080/v1`.
        public var baseURL: String {
            let host = host.contains(":") ? "[\(host)]" : host
            return "http://\(host):\(port)\(SimulatorServer.basePath)"
        }
    }

    /// What stands before every path of the API.
    public static let basePath = "/v1"
    /// More connections than this at a time wait to be accepted: enough for every client on one machine, and fewer
    /// than the files that a process may have open.
    static let maximumConnections = 512
    /// A connection on which nothing happens for so long is closed, so that forgotten ones do not use up the limit.
    static let idleTimeout = TimeAmount.seconds(120)

    private let serverPilot: SimulatedServerPilot
    private let address: Address
    private let logger: Logger

    /// A server for the simulation.
    ///
    /// - Parameters:
    ///   - serverPilot: what answers the requests.
    ///   - address: where to listen.
    ///   - logger: where the server tells of its own life; by default nowhere.
    public init(
        _ serverPilot: SimulatedServerPilot, at address: Address = Address(),
        logger: Logger = Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() }
    ) {
        self.serverPilot = serverPilot
        self.address = address
        self.logger = logger
    }

    /// Serves until the task is cancelled; then requests that have arrived whole are answered, and all connections end.
    ///
    /// - Parameter onListening: is called once connections are accepted, with the port that was found.
    /// - Throws: what the system says when the address cannot be had.
    public func run(onListening: @escaping @Sendable (Address) async -> Void = { _ in }) async throws {
        let host = address.host
        let application = Application(
            responder: SimulatorResponder(serverPilot: serverPilot),
            server: .http1(configuration: .init(idleTimeout: Self.idleTimeout)),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: address.port),
                availableConnectionsDelegate: .maximum(Self.maximumConnections, logger: logger)),
            onServerRunning: { channel in
                guard let port = channel.localAddress?.port else { return }
                await onListening(Address(host: host, port: port))
            },
            logger: logger)
        try await application.run()
    }
}
