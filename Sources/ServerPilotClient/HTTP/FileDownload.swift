internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// A download of a public file over HTTPS: TLS verified, the environment's proxies, no credentials.
package struct FileDownload: Sendable {
    /// The reason why a download failed, in one line.
    package struct Failure: Error, Sendable {
        /// A description of the failure.
        package let message: String
    }

    /// The maximum number of redirects: services that serve files use one or two.
    private static let redirects = 5
    /// The timeout for the head of a response.
    private static let time: TimeAmount = .seconds(30)
    /// The timeout for the body.
    private static let bodyTime: Duration = .seconds(60)

    private let environment: [String: String]
    private let userAgent: String
    private let world: WorldCheck

    /// Creates a download with the environment variables of the process.
    package init(environment: [String: String], version: String) {
        self.init(environment: environment, version: version, world: WorldCheck())
    }

    /// Creates a download with its own check of hosts.
    init(environment: [String: String], version: String, world: WorldCheck) {
        self.environment = environment
        self.world = world
        userAgent = "sprun/\(version)"
    }

    /// Returns the bytes at an address.
    ///
    /// A redirect from a host on the internet into this machine or its network is refused.
    ///
    /// - Parameters:
    ///   - url: `https://…`, or `http://` on this machine.
    ///   - limit: the maximum number of bytes; a larger file is refused.
    /// - Returns: the bytes.
    /// - Throws: `Failure`.
    package func bytes(from url: String, limit: Int) async throws(Failure) -> [UInt8] {
        var url = url
        for _ in 0...Self.redirects {
            do {
                switch try await ask(url, limit) {
                case .bytes(let bytes): return bytes
                case .elsewhere(let next):
                    try await checkRedirect(from: url, to: next)
                    url = next
                }
            } catch let failure as Failure {
                throw failure
            } catch is CertificateName.Mismatch {
                throw Failure(message: "the certificate is for another host")
            } catch let error as ClientConfigurationError {
                throw Failure(message: error.message)
            } catch {
                throw Failure(message: "\(error)")
            }
        }
        throw Failure(message: "more than \(Self.redirects) redirects")
    }

    private func checkRedirect(from url: String, to next: String) async throws {
        let (host, nextHost) = (
            try Endpoint(Self.origin(of: url) + "/x").host, try Endpoint(Self.origin(of: next) + "/x").host
        )
        guard host != nextHost, await world.isInside(nextHost) else { return }
        guard await world.isInside(host) else {
            throw Failure(message: "a redirect points into this machine's network")
        }
    }

    private enum Answer {
        case bytes([UInt8])
        case elsewhere(String)
    }

    private func ask(_ url: String, _ limit: Int) async throws -> Answer {
        let endpoint = try Endpoint(try Self.origin(of: url) + "/x")
        let client = HTTPClient(
            eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: try configuration(for: endpoint))
        do {
            let answer = try await ask(url, limit, client)
            try await client.shutdown()
            return answer
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    private func ask(_ url: String, _ limit: Int, _ client: HTTPClient) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.headers.add(name: "User-Agent", value: userAgent)
        let response = try await client.execute(request, timeout: Self.time)
        if (300..<400).contains(response.status.code), let location = response.headers.first(name: "location") {
            // The target of a redirect must be a valid endpoint too: plain HTTP only on this machine.
            guard location.hasPrefix("/") else { return .elsewhere(location) }
            guard !location.hasPrefix("//") else { throw Failure(message: "a redirect has no valid URL") }
            return .elsewhere(try Self.origin(of: url) + location)
        }
        guard response.status == .ok else { throw Failure(message: "HTTP \(response.status.code)") }
        // The request's own timeout covers only the head.
        return try await withThrowingTaskGroup(of: Answer.self) { group in
            group.addTask {
                var bytes: [UInt8] = []
                for try await piece in response.body {
                    guard bytes.count + piece.readableBytes <= limit else {
                        throw Failure(message: "it has more than \(limit >> 10) KiB")
                    }
                    bytes.append(contentsOf: piece.readableBytesView)
                }
                return .bytes(bytes)
            }
            group.addTask {
                try await Task.sleep(for: Self.bodyTime)
                throw Failure(message: "it did not finish within \(Self.bodyTime.components.seconds) s")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? .bytes([])
        }
    }

    private func configuration(for endpoint: Endpoint) throws -> HTTPClient.Configuration {
        let trust = try endpoint.scheme == .https ? TrustStore(environment: environment) : .system
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: trust.configuration, redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10), read: .seconds(30)))
        configuration.proxy = try ProxyServer.proxy(for: endpoint, environment: environment)
            .map(HTTPClient.Configuration.Proxy.init)
        guard endpoint.scheme == .https else { return configuration }
        // HTTP/2 would need the check of the name in another place.
        configuration.httpVersion = .http1Only
        let name = CertificateName(host: endpoint.host)
        configuration.http1_1ConnectionDebugInitializer = { channel in name.check(channel) }
        // Another attempt would get the same certificate.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    /// Returns the scheme, host and port of an address.
    private static func origin(of url: String) throws(Failure) -> String {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[1].isEmpty, !parts[2].isEmpty else {
            throw Failure(message: "'\(url)' is not a valid URL")
        }
        return "\(parts[0])//\(parts[2].prefix { $0 != "?" && $0 != "#" })"
    }
}
