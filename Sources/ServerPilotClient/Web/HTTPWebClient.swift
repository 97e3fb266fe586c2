internal import AsyncHTTPClient
internal import Groundwork
internal import NIOCore
internal import NIOHTTP1
public import ServerPilot

/// The client for requests to external APIs, which recipes send with `http`.
///
/// It holds every host, including those of redirects, to the recipe's grants. It resolves a name, checks the addresses,
/// and connects only to an address that passed, so a later change of the name has no effect. TLS is always verified
/// against the requested name. With a proxy, the proxy resolves names and chooses the address.
///
/// ```swift
/// func droplets(token: String, environment: [String: String]) async throws -> WebReply {
///     let client = HTTPWebClient(environment: environment, version: "1.0")
///     let request = WebRequest(
///         method: "GET", address: try WebAddress("https://api.example/v2/droplets"),
///         fields: [WebField("authorization", "Bearer \(token)")].compactMap(\.self), sensitive: ["authorization"],
///         timeout: .seconds(30), grants: WebGrants(hosts: ["api.example"]), isRepeatable: true)
///     return try await client.send(request)
/// }
/// ```
public struct HTTPWebClient: WebClient {
    private let environment: [String: String]
    private let userAgent: String
    private let limits: HTTPLimits
    private let resolver: HostResolver

    /// Creates a client from the environment variables for proxies, `SSL_CERT_FILE` and `SSL_CERT_DIR`.
    ///
    /// - Parameters:
    ///   - environment: the variables of the process.
    ///   - version: the version of the program, for `User-Agent: sprun/<version>`.
    ///   - limits: the limits of each exchange.
    public init(environment: [String: String], version: String, limits: HTTPLimits = HTTPLimits()) {
        self.init(environment: environment, version: version, limits: limits, resolver: .system)
    }

    init(environment: [String: String], version: String, limits: HTTPLimits, resolver: HostResolver) {
        self.environment = environment
        userAgent = "sprun/\(version)"
        self.limits = limits
        self.resolver = resolver
    }

    /// Sends a request and returns the response, whatever its status.
    ///
    /// - Throws: `WebFailure`: `refused` if the grants do not allow the host or its address; `notConnected`, `timedOut`,
    ///   `connectionLost`, `unreadableReply`, `replyTooLarge` (see `HTTPLimits.webReplyBytes`) or `cancelled`. Its
    ///   `delivery` is `notSent` only if no part of the request was sent.
    public func send(_ request: WebRequest) async throws(WebFailure) -> WebReply {
        let deadline = NIODeadline.now() + TimeAmount(request.timeout)
        let isRead = ["GET", "HEAD"].contains(request.method)
        var request = request
        for _ in 0...limits.redirects {
            let reply = try await ask(request, until: deadline)
            guard isRead, [301, 302, 303, 307, 308].contains(reply.status), let location = reply["location"] else {
                return reply
            }
            let next: WebAddress
            do throws(WebAddress.Fault) {
                next = try request.address.following(location)
            } catch {
                throw WebFailure(
                    .refused,
                    "\(request.address.authority) redirects to an invalid URL: \(error.message)",
                    delivery: .rejected, isPermanent: true)
            }
            guard next.isSecure || !request.address.isSecure else {
                throw WebFailure(
                    .refused, "\(request.address.authority) redirects from HTTPS to plain HTTP", delivery: .rejected,
                    isPermanent: true)
            }
            if next.origin != request.address.origin {
                // The recipe did not intend these fields for the new origin.
                request.fields.removeAll { request.sensitive.contains($0.name) }
            }
            request.address = next
        }
        throw WebFailure(
            .refused, "\(request.address.authority): more than \(limits.redirects) redirects", delivery: .rejected,
            isPermanent: true)
    }

    /// Sends the request to one host, trying its addresses in turn.
    private func ask(_ request: WebRequest, until deadline: NIODeadline) async throws(WebFailure) -> WebReply {
        let route = try await route(to: request)
        var failure = WebFailure(.notConnected, "no connection to \(request.address.authority)", delivery: .notSent)
        for address in route.addresses.prefix(limits.addresses) {
            do throws(WebFailure) {
                return try await WebExchange(
                    request: request, route: route, address: address, deadline: deadline, limits: limits,
                    userAgent: userAgent
                ).reply()
            } catch {
                failure = error
                // Another address can help only if this one could not be reached.
                guard error.code == .notConnected, error.delivery == .notSent, !error.isPermanent else { throw error }
            }
        }
        throw failure
    }

    /// Returns the route to the host of a request; throws if the request must not be sent.
    private func route(to request: WebRequest) async throws(WebFailure) -> WebRoute {
        let address = request.address
        guard let reach = request.grants.reach(of: address) else {
            throw WebFailure(
                .refused, "requests to \(address.authority) are not allowed",
                hint: "needs.http does not list \(address.authority)",
                delivery: .notSent, isPermanent: true)
        }
        let endpoint: Endpoint
        let proxy: ProxyServer?
        let trust: TrustStore
        do throws(ClientConfigurationError) {
            endpoint = try Endpoint(address.origin + "/x")
            proxy = try ProxyServer.proxy(for: endpoint, environment: environment)
            trust = try address.isSecure ? TrustStore(environment: environment) : .system
        } catch {
            let message = error.code == .plainHTTP ? "plain HTTP works only to this machine" : error.message
            throw WebFailure(
                .refused, "\(address.authority): \(message)", delivery: .notSent, isPermanent: true)
        }
        let literal = IPAddress(address.host)
        if proxy != nil {
            // The proxy resolves names; an address is checked here even so.
            guard literal?.isPublic ?? true || reach == .anywhere else { throw Self.inside(address) }
            return WebRoute(endpoint: endpoint, proxy: proxy, trust: trust, addresses: [nil])
        }
        var found: [IPAddress] = []
        if let literal { found = [literal] } else { found = try await addresses(of: address) }
        let allowed = found.filter { address in
            reach == .anywhere ? address.isLoopback || endpoint.host != "localhost" : address.isPublic
        }
        guard !allowed.isEmpty else { throw Self.inside(address) }
        return WebRoute(
            endpoint: endpoint, proxy: nil, trust: trust, addresses: literal == nil ? allowed : [nil])
    }

    private func addresses(of address: WebAddress) async throws(WebFailure) -> [IPAddress] {
        let found: Result<[IPAddress], any Error>
        do { found = .success(try await resolver.addresses(address.host)) } catch { found = .failure(error) }
        switch found {
        case .success(let addresses) where !addresses.isEmpty: return addresses
        case .failure(HostResolver.Failure.nameService):
            throw WebFailure(
                .notConnected, "DNS did not answer for \(address.host)",
                hint: "check this machine's network", delivery: .notSent)
        case .failure(is CancellationError):
            throw WebFailure(.cancelled, "cancelled before anything was sent", delivery: .notSent)
        default:
            throw WebFailure(
                .notConnected, "the host name in \(address.authority) does not exist", hint: "check the address",
                delivery: .notSent, isPermanent: true)
        }
    }

    /// Returns the failure for a host of this machine or network.
    private static func inside(_ address: WebAddress) -> WebFailure {
        WebFailure(
            .refused, "\(address.authority) resolves to this machine or its network, not to a public host",
            hint: "to reach such a host, write its IP address or localhost, also in needs.http", delivery: .notSent,
            isPermanent: true)
    }
}

/// The route to one host.
struct WebRoute: Sendable {
    let endpoint: Endpoint
    let proxy: ProxyServer?
    let trust: TrustStore
    /// The addresses to connect to, in order; `nil` means the host as it is written.
    let addresses: [IPAddress?]
}
