internal import Crypto
internal import Groundwork
internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot

/// The page for watching a simulation: `/`, and `/_simulator/state`, from which it reads its content.
///
/// It is not part of the API, changes nothing, and shows no secrets. On this machine it needs no credentials. From
/// another machine, or if the account is a copy of a real account, it asks for the account's credentials.
///
/// ```swift
/// func server(for simulation: SimulatedServerPilot, history: RequestHistory) -> SimulatorServer {
///     SimulatorServer(simulation, page: SimulatorPage(of: simulation, history: history, speed: 1))
/// }
/// ```
public struct SimulatorPage: Sendable {
    /// The path of the page.
    static let path = "/"
    /// The path of the page's content.
    static let statePath = "/_simulator/state"

    private let serverPilot: SimulatedServerPilot
    private let history: RequestHistory
    private let speed: Double

    /// Creates a page.
    ///
    /// - Parameters:
    ///   - serverPilot: the simulation to watch.
    ///   - history: the requests that the simulation answered.
    ///   - speed: the speed of the simulation's time relative to real time.
    public init(of serverPilot: SimulatedServerPilot, history: RequestHistory, speed: Double) {
        self.serverPilot = serverPilot
        self.history = history
        self.speed = speed
    }

    /// The sender of a request, as far as the connection identifies it.
    struct Visitor {
        /// Whether the connection comes from this machine.
        let isLocal: Bool
        /// The host and port that the client addressed.
        let authority: String?
    }

    /// Answers a request to one of the two paths.
    func answer(_ request: WireRequest, from visitor: Visitor) -> WireResponse {
        guard isAllowed(request, visitor) else {
            var headers: HTTPFields = [.contentType: "text/plain"]
            // Only for the page itself: an open page whose content is refused asks for a reload.
            if request.path == Self.path { headers[.wwwAuthenticate] = #"Basic realm="sprun simulator""# }
            return WireResponse(
                status: .unauthorized, headers: headers,
                body: Array("The client id and the API key of the simulation open this page.\n".utf8))
        }
        guard request.method == .get || request.method == .head else {
            return WireResponse(status: .methodNotAllowed, headers: [.allow: "GET, HEAD"])
        }
        return request.path == Self.path ? page : state(since: request.headers[.ifNoneMatch])
    }

    /// Whether the visitor may see the account.
    ///
    /// The host name counts too. Otherwise a foreign page could read the account, if its own name resolves to this
    /// machine (DNS rebinding).
    private func isAllowed(_ request: WireRequest, _ visitor: Visitor) -> Bool {
        if serverPilot.credentials.match(authorization: request.headers[.authorization]) { return true }
        guard visitor.isLocal, !serverPilot.account.settings.isCopy else { return false }
        let authority = (visitor.authority ?? "").lowercased()
        // Four numbers and a port: a name can begin like an address.
        return authority.wholeMatch(of: #/(localhost|127\.[0-9]+\.[0-9]+\.[0-9]+|\[::1\])(:[0-9]+)?/#) != nil
    }

    private var page: WireResponse {
        var random = SystemRandomNumberGenerator()
        let nonce = String(random.next(), radix: 36) + String(random.next(), radix: 36)
        let text = String(decoding: PackageResources.page_html, as: UTF8.self).replacing("{{nonce}}", with: nonce)
        let policy =
            "default-src 'none'; style-src 'nonce-\(nonce)'; script-src 'nonce-\(nonce)'; connect-src 'self'; "
            + "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        var headers = Self.headers
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.contentSecurityPolicy] = policy
        return WireResponse(status: .ok, headers: headers, body: Array(text.utf8))
    }

    private func state(since tag: String?) -> WireResponse {
        let state = serverPilot.state
        var content = PageState(
            account: state.account, now: state.now, speed: speed, requests: history.newestFirst
        ).content
        let digest = SHA256.hash(data: JSONValue.object(content).bytes).prefix(12)
        let newTag = "\"" + digest.map { String($0, radix: 16) }.joined(separator: ".") + "\""
        var headers = Self.headers
        headers[.eTag] = newTag
        if tag == newTag { return WireResponse(status: .notModified, headers: headers) }
        headers[.contentType] = "application/json"
        content["now"] = .double(state.now.sinceEpoch.inSeconds)
        return WireResponse(status: .ok, headers: headers, body: JSONValue.object(content).bytes)
    }

    private static let headers: HTTPFields = {
        var headers: HTTPFields = [.cacheControl: "no-store", .xContentTypeOptions: "nosniff"]
        if let referrerPolicy = HTTPField.Name("Referrer-Policy") { headers[referrerPolicy] = "no-referrer" }
        return headers
    }()
}
