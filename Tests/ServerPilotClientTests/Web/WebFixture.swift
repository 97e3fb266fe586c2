import ServerPilot

@testable import ServerPilotClient

/// What tests of the way to others need.
enum WebFixture {
    static func client(
        _ environment: [String: String] = [:], limits: HTTPLimits = HTTPLimits(), names: [String: [String]] = [:]
    ) throws -> HTTPWebClient {
        var environment = environment
        environment["SSL_CERT_FILE"] = try TestAuthority.shared.get().file
        let resolver = HostResolver { host in
            guard let addresses = names[host] else { throw HostResolver.Failure.unknownHost }
            return addresses.compactMap { IPAddress($0) }
        }
        return HTTPWebClient(environment: environment, version: "1.2.3", limits: limits, resolver: resolver)
    }

    /// Where `localhost` is on every machine that the tests run on.
    static let local = ["localhost": ["127.0.0.1"]]

    static func request(
        _ method: String = "GET", _ address: String, _ fields: [String: String] = [:], sensitive: Set<String> = [],
        body: String = "", timeout: Duration = .seconds(60), hosts: Set<String>? = nil
    ) throws -> WebRequest {
        let address = try WebAddress(address)
        return WebRequest(
            method: method, address: address,
            fields: fields.sorted { $0.key < $1.key }.compactMap { WebField($0.key, $0.value) }, sensitive: sensitive,
            body: Array(body.utf8), timeout: timeout, grants: WebGrants(hosts: hosts ?? [address.authority]),
            isRepeatable: false)
    }
}

extension WebClient {
    /// The failure of a request that must fail.
    func failure(of request: WebRequest) async -> WebFailure? {
        do throws(WebFailure) {
            _ = try await send(request)
            return nil
        } catch {
            return error
        }
    }
}
