internal import Crypto
internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot

/// The page on which people watch a simulation: `/`, and `/_simulator/state`, which it asks for what it shows.
///
/// It is no part of the API, changes nothing, and shows no secrets. On this machine it is open; from elsewhere, and
/// where the account is a copy of a real one, it asks for the account's credentials.
public struct SimulatorPage: Sendable {
    /// Where the page is.
    static let path = "/"
    /// Where what it shows is.
    static let statePath = "/_simulator/state"

    private let serverPilot: SimulatedServerPilot
    private let history: RequestHistory
    private let speed: Double

    /// - Parameters:
    ///   - serverPilot: what is watched.
    ///   - history: the requests that it answered.
    ///   - speed: how much faster than real its time goes.
    public init(of serverPilot: SimulatedServerPilot, history: RequestHistory, speed: Double) {
        self.serverPilot = serverPilot
        self.history = history
        self.speed = speed
    }

    /// Who asks, as far as the connection tells.
    struct Visitor {
        /// Whether the connection comes from this machine.
        let isLocal: Bool
        /// The host that the client believes it speaks to, with its port.
        let authority: String?
    }

    /// Answers a request to one of the two paths.
    func answer(_ request: WireRequest, from visitor: Visitor) -> WireResponse {
        guard isAllowed(request, visitor) else {
            var headers: HTTPFields = [.contentType: "text/plain"]
            // A page that is open already says itself that it has to be opened anew.
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
    /// The name of the host counts too: a page from elsewhere whose name was made to lead to this machine (DNS
    /// rebinding) would otherwise read along.
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
