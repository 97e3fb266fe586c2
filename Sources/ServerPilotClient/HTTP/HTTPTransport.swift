internal import AsyncHTTPClient
public import Groundwork
internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
public import ServerPilot
internal import Synchronization

/// The transport to ServerPilot over HTTPS.
///
/// It sends each request exactly once: HTTP/1.1, one request at a time on a connection, no retries, no redirects. TLS
/// is always verified; plain HTTP goes only to this machine (`Endpoint`). Creating a transport is cheap: the first
/// request creates threads and TLS context and reads the certificates.
///
/// Connections are kept for the next request until `shutdown()`, or until the transport is deallocated.
///
/// ```swift
/// func servers(_ credentials: Credentials, environment: [String: String]) async throws -> [Server] {
///     let transport = try HTTPTransport(credentials: credentials, environment: environment, version: "1.0")
///     let servers = try await ServerPilotAccount(transport: transport).servers()
///     await transport.shutdown()
///     return servers
/// }
/// ```
public final class HTTPTransport: Transport {
    /// The address of the API.
    public let endpoint: Endpoint
    /// The proxy for requests to the API; `nil` if there is none.
    public let proxy: ProxyServer?
    /// The redactor for the API key and the password of the proxy.
    public let redactor: Redactor
    /// The limits of an exchange.
    public let limits: HTTPLimits

    private let tap = RequestTap()
    private let credentials: Credentials
    private let trustStore: TrustStore
    private let userAgent: String
    /// Limits the requests in flight.
    ///
    /// AsyncHTTPClient counts the wait for a free connection as connecting, and would fail the thousandth waiting request
    /// as unreachable. So requests wait here, without a timeout.
    private let pacer: RequestPacer
    private let state = Mutex(State.unused)

    private enum State {
        case unused
        case open(HTTPClient)
        case shutDown
    }

    /// Creates a transport that connects with its first request.
    ///
    /// - `environment`: the variables of the process. The transport reads those of the proxies (see `ProxyServer`), and
    ///   `SSL_CERT_FILE` and `SSL_CERT_DIR`, which name certificate authorities to trust in place of the system's.
    /// - `version`: the version of the program, for `User-Agent: sprun/<version>`.
    /// - Throws: `ClientConfigurationError` for invalid variables.
    public init(
        endpoint: Endpoint = .serverPilot, credentials: Credentials, environment: [String: String], version: String,
        limits: HTTPLimits = HTTPLimits()
    ) throws(ClientConfigurationError) {
        self.endpoint = endpoint
        self.credentials = credentials
        self.limits = limits
        let proxy = try ProxyServer.proxy(for: endpoint, environment: environment)
        self.proxy = proxy
        redactor = Redactor(secrets: [credentials.apiKey, proxy?.login?.password].compactMap { $0?.reveal() })
        trustStore = try endpoint.scheme == .https ? TrustStore(environment: environment) : .system
        let visible = version.unicodeScalars.filter { $0.isASCII && $0.value > 0x20 && $0.value < 0x7F }
        userAgent = "sprun/" + String(String.UnicodeScalarView(visible))
        pacer = RequestPacer(time: SystemClock(), places: limits.connections)
    }

    deinit {
        if case .open(let client) = state.withLock({ $0 }) { client.shutdown { _ in } }
    }

    /// Sends one request and returns the response, whatever its status.
    ///
    /// A gateway may repeat the request's headers in an error text, so the credentials are removed from error bodies.
    ///
    /// - Throws: `ServerPilotError`: `notConnected` with a `ConnectionFailure` as its cause, `connectionLost`,
    ///   `timedOut`, `unreadableReply` (not HTTP), `replyTooLarge`, `cancelled`, or `invalidArguments` (an invalid
    ///   path). Its `delivery` is `notSent` exactly if no byte of the request was handed to the network, otherwise
    ///   `ambiguous`. Cancelling the task ends the exchange at once and closes its connection.
    public func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        try await send(request) {}
    }

    /// Sends one request, and asks the question once it has a place among the requests in flight, which can take long.
    ///
    /// - Throws: as `send(_:)`, and the errors of `question`.
    public func send(
        _ request: WireRequest, asking question: SendQuestion
    ) async throws(ServerPilotError) -> WireResponse {
        guard !request.path.isEmpty, Endpoint.isPlainPath(request.path) else {
            throw ServerPilotError(
                code: .invalidArguments, message: "the request's path is not a plain path", delivery: .notSent)
        }
        guard !Task.isCancelled, let sent = await pacer.enter() else { throw failures.cancelled(wasWritten: false) }
        defer { pacer.leave(.normal, sent: sent) }
        try await question()
        let number = tap.begin()
        do {
            let response = try await exchange(request, number: number)
            tap.succeeded(number)
            return response
        } catch {
            // The error of a cancelled exchange depends on its progress; it can be that of a closed connection.
            let reason: any Error = Task.isCancelled ? CancellationError() : error
            throw failures.failure(from: reason, wasWritten: tap.failed(number))
        }
    }

    /// Closes all connections; requests in flight fail, and so does every later request.
    ///
    /// A second call does nothing.
    public func shutdown() async {
        let client = state.withLock { state -> HTTPClient? in
            defer { state = .shutDown }
            if case .open(let client) = state { return client }
            return nil
        }
        // It fails only if it was called before.
        try? await client?.shutdown()
    }

    private var failures: FailureReading {
        FailureReading(endpoint: endpoint, proxy: proxy, trustStore: trustStore, limits: limits)
    }

    private func exchange(_ request: WireRequest, number: UInt64) async throws -> WireResponse {
        let client = try openClient()
        var message = HTTPClientRequest(url: endpoint.description + request.path)
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.headers { message.headers.add(name: field.name.rawName, value: field.value) }
        message.headers.replaceOrAdd(name: "user-agent", value: userAgent)
        message.headers.replaceOrAdd(name: "accept", value: "application/json")
        message.headers.replaceOrAdd(name: RequestTap.fieldName, value: String(number))
        message.setBasicAuth(username: credentials.clientID, password: credentials.apiKey.reveal())
        if !request.body.isEmpty { message.body = .bytes(ByteBuffer(bytes: request.body)) }
        let deadline = NIODeadline.now() + TimeAmount(limits.exchange)
        let response = try await client.execute(message, deadline: deadline)
        let body = try await body(of: response, until: deadline)
        return WireResponse(
            status: HTTPResponse.Status(
                code: Int(response.status.code), reasonPhrase: response.status.reasonPhrase),
            headers: HTTPFields(response.headers.dated(SystemClock().now)),
            body: (200..<300).contains(response.status.code) ? body : redactor.redact(body))
    }

    /// Reads the body in pieces, so that a body that is too large costs no more memory than the limit.
    ///
    /// Leaving it unread closes the connection.
    private func body(of response: HTTPClientResponse, until deadline: NIODeadline) async throws -> [UInt8] {
        let limit = limits.replyBytes
        let announced = response.headers.first(name: "content-length").flatMap(Int.init)
        guard announced ?? 0 <= limit else { throw FailureReading.ReplyTooLarge() }
        var body: [UInt8] = []
        for try await piece in response.body {
            guard piece.readableBytes <= limit - body.count else { throw FailureReading.ReplyTooLarge() }
            guard NIODeadline.now() < deadline else { throw HTTPClientError.deadlineExceeded }
            body.append(contentsOf: piece.readableBytesView)
        }
        // Return a complete response even to a cancelled task: it says whether the change was made. A body without an
        // announced length that ends when the task is cancelled may be incomplete.
        if body.count != announced { try Task.checkCancellation() }
        return body
    }

    private func openClient() throws -> HTTPClient {
        try state.withLock { state in
            switch state {
            case .open(let client): return client
            case .shutDown: throw HTTPClientError.alreadyShutdown
            case .unused:
                let client = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
                state = .open(client)
                return client
            }
        }
    }

    private var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: trustStore.configuration, redirectConfiguration: .disallow,
            timeout: .init(
                connect: TimeAmount(limits.connecting), read: TimeAmount(limits.silence),
                write: TimeAmount(limits.silence)),
            decompression: .disabled)
        configuration.proxy = proxy.map(HTTPClient.Configuration.Proxy.init)
        // An HTTP/2 connection carries many requests, so the tap could not know whether a request was sent.
        configuration.httpVersion = .http1Only
        configuration.connectionPool.idleTimeout = TimeAmount(limits.idleConnection)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = limits.connections
        // `RetryingTransport` retries, counts and reports.
        configuration.connectionPool.retryConnectionEstablishment = false
        let name = endpoint.scheme == .https ? CertificateName(host: endpoint.host) : nil
        configuration.http1_1ConnectionDebugInitializer = { [tap] channel in
            guard let name else { return tap.install(on: channel) }
            return name.check(channel).flatMap { tap.install(on: channel) }
        }
        return configuration
    }
}
