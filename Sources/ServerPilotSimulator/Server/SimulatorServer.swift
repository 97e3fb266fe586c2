public import Groundwork
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
public import Logging
internal import NIOCore
internal import ServerPilot
internal import ServiceLifecycle

/// The simulation as an HTTP server that clients cannot distinguish from the API.
///
/// Requests go through `SimulatedServerPilot.exchange(_:)`, the same code as in process.
///
/// ```swift
/// func serve(_ simulation: SimulatedServerPilot) async throws {
///     let server = SimulatorServer(simulation, at: .init(port: 8080))
///     try await server.run { address in print("serving \(address.baseURL)") }
/// }
/// ```
public struct SimulatorServer: Sendable {
    /// The address of a server.
    public struct Address: Hashable, Sendable {
        /// A host name or an address.
        public let host: String
        /// A port; for a server to be started, 0 selects any free port.
        public let port: Int
        /// Whether the server uses TLS; for a server to be started, its identity decides instead.
        public let isSecure: Bool

        /// Creates an address; by default any free port that only this machine can reach.
        public init(host: String = "127.0.0.1", port: Int = 0, isSecure: Bool = false) {
            self.host = host
            self.port = port
            self.isSecure = isSecure
        }

        /// The base URL of the API: `http://127.0.0.1:8080/v1`.
        public var baseURL: String { origin + SimulatorServer.basePath }

        /// The URL of the page for watching the simulation: `http://127.0.0.1:8080/`.
        public var pageURL: String { origin + SimulatorPage.path }

        private var origin: String {
            let host = host.contains(":") ? "[\(host)]" : host
            return "\(isSecure ? "https" : "http")://\(host):\(port)"
        }
    }

    /// The prefix of every path of the API.
    public static let basePath = "/v1"
    /// The maximum number of open connections; further connections wait.
    ///
    /// It is enough for every client on one machine, and less than the limit of open files in a process.
    static let maximumConnections = 512
    /// The time without traffic after which a connection is closed, so that abandoned connections do not use up the
    /// limit.
    static let idleTimeout = TimeAmount.seconds(120)

    /// The time that open requests have when the server stops; then their connections end.
    ///
    /// It is many times the duration of any request without a fault.
    static let stopLimit = Duration.seconds(5)

    private let serverPilot: SimulatedServerPilot
    private let address: Address
    private let control: FaultControl?
    private let page: SimulatorPage?
    private let identity: ServerIdentity?
    private let logger: Logger

    /// Creates a server for the simulation.
    ///
    /// - Parameters:
    ///   - serverPilot: the simulation that answers the requests.
    ///   - address: the address to listen on.
    ///   - controlToken: the token that requests to `/_simulator/faults` must carry. Without it, the path does not
    ///     exist.
    ///   - page: the page for watching the simulation at `/`. Without it, the path does not exist.
    ///   - identity: the identity for TLS. Without it, the server uses plain HTTP.
    ///   - logger: the log of the server's own events; by default none.
    public init(
        _ serverPilot: SimulatedServerPilot, at address: Address = Address(), controlToken: Secret<String>? = nil,
        page: SimulatorPage? = nil, identity: ServerIdentity? = nil,
        logger: Logger = Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() }
    ) {
        self.serverPilot = serverPilot
        self.address = address
        self.page = page
        control = controlToken.map { FaultControl(serverPilot: serverPilot, token: $0) }
        self.identity = identity
        self.logger = logger
    }

    /// Serves until the task is cancelled, then answers open requests and ends all connections.
    ///
    /// - Parameter onListening: receives the address with the actual port, once the server accepts connections.
    /// - Throws: The system's error if the address is not available; `CancellationError` after the task was cancelled.
    public func run(onListening: @escaping @Sendable (Address) async -> Void = { _ in }) async throws {
        let host = address.host
        let isSecure = identity != nil
        let serverPilot = serverPilot
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [ProtocolRefusals(serverPilot), ClientWatch()],
                idleTimeout: Self.idleTimeout))
        let tls = identity.map { serverPilot.rules.keeps(.tlsIsRecent) ? $0.configuration : $0.withOldVersions }
        let application = Application(
            responder: SimulatorResponder(serverPilot: serverPilot, control: control, page: page),
            server: try tls.map { try .tls(plain, tlsConfiguration: $0) } ?? plain,
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: address.port),
                availableConnectionsDelegate: .maximum(Self.maximumConnections, logger: logger)),
            onServerRunning: { channel in
                guard let port = channel.localAddress?.port else { return }
                await onListening(Address(host: host, port: port, isSecure: isSecure))
            },
            logger: logger)
        var configuration = ServiceGroupConfiguration(services: [application], logger: logger)
        configuration.maximumGracefulShutdownDuration = Self.stopLimit
        let group = ServiceGroup(configuration: configuration)
        // A separate task that the cancellation does not reach: cancelling it would abort open requests.
        let serving = Task { try await group.run() }
        let result = await withTaskCancellationHandler {
            await serving.result
        } onCancel: {
            Task { await group.triggerGracefulShutdown() }
        }
        try Task.checkCancellation()
        try result.get()
    }
}
