internal import AsyncHTTPClient
internal import NIOHTTP1
internal import ServerPilot

/// Reads what the network library throws: says it for people, and what it means for the request.
///
/// Whether the request was sent is never guessed from the error: `RequestTap` knows.
struct FailureReading {
    let endpoint: Endpoint
    let proxy: ProxyServer?
    let trustStore: TrustStore
    let limits: HTTPLimits
    /// Where the address comes from, for people.
    var setting = "the endpoint's address"

    /// Thrown by the transport itself when a reply is larger than the limit.
    struct ReplyTooLarge: Error {}

    /// The failure of an exchange.
    ///
    /// - `wasWritten`: whether any of the request was handed to the network.
    func failure(from error: any Error, wasWritten: Bool) -> ServerPilotError {
        if isCancellation(error) { return cancelled(wasWritten: wasWritten) }
        return wasWritten ? lost(error) : notConnected(error)
    }

    /// The failure of a call that was cancelled.
    func cancelled(wasWritten: Bool) -> ServerPilotError {
        ServerPilotError(
            code: .cancelled,
            message: wasWritten
                ? "cancelled while the reply of \(endpoint.authority) was awaited; the request may have been done"
                : "cancelled before anything was sent",
            delivery: wasWritten ? .ambiguous : .notSent)
    }

    private func isCancellation(_ error: any Error) -> Bool {
        switch error {
        case is CancellationError: true
        case let error as HTTPClientError: [.cancelled, .alreadyShutdown].contains(error)
        default: false
        }
    }

    /// The request, or a part of it, is out there.
    private func lost(_ error: any Error) -> ServerPilotError {
        let (code, message) = codeAndMessage(ofLost: error)
        return ServerPilotError(
            code: code, message: "\(endpoint.authority) \(message)", delivery: .ambiguous, cause: error)
    }

    private func codeAndMessage(ofLost error: any Error) -> (ServerPilotError.Code, String) {
        switch error as? HTTPClientError {
        case .deadlineExceeded: return (.timedOut, "did not finish its reply within \(limits.exchange.shortText)")
        case .readTimeout: return (.timedOut, "sent nothing for \(limits.silence.shortText)")
        case .writeTimeout: return (.timedOut, "took nothing for \(limits.silence.shortText)")
        default: break
        }
        switch error {
        case is ReplyTooLarge: return (.replyTooLarge, "sent a reply of more than \(limits.replyBytes) bytes")
        case let error as HTTPParserError where error != .invalidEOFState && error != .closedConnection:
            return (.unreadableReply, "did not answer in HTTP")
        default: return (.connectionLost, "closed the connection before the whole reply was there")
        }
    }

    /// Nothing was sent.
    private func notConnected(_ error: any Error) -> ServerPilotError {
        let kind = kind(of: error)
        return ServerPilotError(
            code: .notConnected, message: message(for: kind), delivery: .notSent,
            cause: ConnectionFailure(kind: kind, underlying: error))
    }

    private func message(for kind: ConnectionFailure.Kind) -> String {
        let place = proxy.map { "\(endpoint.authority) by the proxy \($0.authority)" } ?? endpoint.authority
        // What is behind a proxy is resolved and reached by the proxy.
        let next = proxy.map { "the proxy \($0.authority) (from \($0.variable))" } ?? endpoint.authority
        let setting = proxy?.variable ?? setting
        let authorities = trustStore == .system ? "the system's authorities" : trustStore.description
        return switch kind {
        case .unknownHost: "there is no host of the name in \(next); check \(setting)"
        case .nameService: "the name service did not answer for \(next); check this machine's network"
        case .refused: "\(next) refuses connections; check host and port in \(setting)"
        case .unreachable: "there is no route to \(next); check this machine's network"
        case .timedOut: "no connection to \(place) within \(limits.connecting.shortText)"
        case .closed: "\(place) closed the connection before the request was sent"
        case .certificate:
            "the certificate of \(endpoint.authority) is not trusted by \(authorities): it has expired, is for another "
                + "host or from another authority; set SSL_CERT_FILE to the file of the authority that signed it"
        case .tls: "no TLS 1.2 or later with \(endpoint.authority); check that it is an https:// port"
        case .trustStore: "no certificates can be read from \(trustStore.description)"
        case .proxy: "the proxy \(proxy?.authority ?? "") did not connect to \(endpoint.authority)"
        case .proxyLogin:
            "the proxy \(proxy?.authority ?? "") wants another name and password; check \(setting)"
        case .other: "no connection to \(place)"
        }
    }
}
