internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
public import Logging
internal import NIOCore
public import ServerPilot
internal import ServiceLifecycle

/// The simulation as an HTTP server, which clients cannot tell from the API.
///
/// Requests go through `SimulatedServerPilot.exchange(_:)`, the code that is also used in process.
public struct SimulatorServer: Sendable {
    /// Where the server listens.
    public struct Address: Hashable, Sendable {
        /// A host name or an address.
        public let host: String
        /// A port; of a server that is to start, 0 is any free one.
        public let port: Int
        /// Whether it is reached over TLS; of a server that is to start, its identity decides.
        public let isSecure: Bool

        /// An address; by default any free port that only this machine reaches.
        public init(host: String = "127.0.0.1", port: Int = 0, isSecure: Bool = false) {
            self.host = host
            self.port = port
            self.isSecure = isSecure
        }

        /// The base of the API there: `http://127.0.0.1:8080/v1`.
        public var baseURL: String { origin + SimulatorServer.basePath }

        /// The page that people watch it on: `http://127.0.0.1:8080/`.
        public var pageURL: String { origin + SimulatorPage.path }

        private var origin: String {
            let host = host.contains(":") ? "[\(host)]" : host
            return "\(isSecure ? "https" : "http")://\(host):\(port)"
        }
    }

    /// What stands before every path of the API.
    public static let basePath = "/v1"
    /// More connections than this at a time wait to be accepted: enough for every client on one machine, and fewer
    /// than the files that a process may have open.
    static let maximumConnections = 512
    /// A connection on which nothing happens for so long is closed, so that forgotten ones do not use up the limit.
    static let idleTimeout = TimeAmount.seconds(120)

    /// So long requests under way may take to be answered when the server stops; then their connections end.
    ///
    /// Many times what any takes without a fault.
    static let stopLimit = Duration.seconds(5)

    private let serverPilot: SimulatedServerPilot
    private let address: Address
    private let control: FaultControl?
    private let page: SimulatorPage?
    private let identity: ServerIdentity?
    private let logger: Logger

    /// A server for the simulation.
    ///
    /// - Parameters:
    ///   - serverPilot: what answers the requests.
    ///   - address: where to listen.
    ///   - controlToken: what requests to `/_simulator/faults` have to carry; without it there is nothing at that path.
    ///   - page: what people watch it on at `/`; without it there is nothing at that path.
    ///   - identity: what to speak TLS with; plain HTTP without.
    ///   - logger: where the server tells of its own life; by default nowhere.
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

    /// Serves until the task is cancelled; then requests under way are answered, and all connections end.
    ///
    /// - Parameter onListening: is called once connections are accepted, with the port that was found.
    /// - Throws: what the system says when the address cannot be had; `CancellationError` after the task was cancelled.
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
        // A task of its own, which the cancellation does not reach: it would cut off what is under way.
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
