internal import AsyncHTTPClient
internal import Groundwork
internal import NIOHTTP1
internal import ServerPilot

/// A translation of network library errors into failures with a message and a delivery.
///
/// The error does not decide whether the request was sent: `RequestTap` records that.
struct FailureReading {
    let endpoint: Endpoint
    let proxy: ProxyServer?
    let trustStore: TrustStore
    let limits: HTTPLimits
    /// The setting that holds the address, for messages.
    var setting = "the endpoint's URL"

    /// The transport's own error for a response larger than the limit.
    struct ReplyTooLarge: Error {}

    /// Returns the failure of an exchange.
    ///
    /// - `wasWritten`: whether any part of the request was handed to the network.
    func failure(from error: any Error, wasWritten: Bool) -> ServerPilotError {
        if isCancellation(error) { return cancelled(wasWritten: wasWritten) }
        return wasWritten ? lost(error) : notConnected(error)
    }

    /// Returns the failure of a cancelled call.
    func cancelled(wasWritten: Bool) -> ServerPilotError {
        ServerPilotError(
            code: .cancelled,
            message: wasWritten
                ? "cancelled while waiting for \(endpoint.authority) to reply; the request may have been executed"
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

    /// Returns the failure of a request that was sent, at least in part.
    private func lost(_ error: any Error) -> ServerPilotError {
        let (code, message) = codeAndMessage(ofLost: error)
        return ServerPilotError(
            code: code, message: "\(endpoint.authority) \(message)", delivery: .ambiguous, cause: error)
    }

    private func codeAndMessage(ofLost error: any Error) -> (ServerPilotError.Code, String) {
        switch error as? HTTPClientError {
        case .deadlineExceeded: return (.timedOut, "did not finish its reply within \(limits.exchange.shortText)")
        case .readTimeout: return (.timedOut, "sent no data for \(limits.silence.shortText)")
        case .writeTimeout: return (.timedOut, "accepted no data for \(limits.silence.shortText)")
        default: break
        }
        switch error {
        case is ReplyTooLarge: return (.replyTooLarge, "sent a reply of more than \(limits.replyBytes) bytes")
        case let error as HTTPParserError where error != .invalidEOFState && error != .closedConnection:
            return (.unreadableReply, "did not reply in HTTP")
        default: return (.connectionLost, "closed the connection before the whole reply was there")
        }
    }

    /// Returns the failure of a request that was not sent, not even in part.
    private func notConnected(_ error: any Error) -> ServerPilotError {
        let kind = kind(of: error)
        return ServerPilotError(
            code: .notConnected, message: message(for: kind), delivery: .notSent,
            cause: ConnectionFailure(kind: kind, underlying: error))
    }

    private func message(for kind: ConnectionFailure.Kind) -> String {
        let place = proxy.map { "\(endpoint.authority) by the proxy \($0.authority)" } ?? endpoint.authority
        // With a proxy, the proxy resolves and reaches the API.
        let next = proxy.map { "the proxy \($0.authority) (from \($0.variable))" } ?? endpoint.authority
        let setting = proxy?.variable ?? setting
        let authorities = trustStore == .system ? "the system's authorities" : trustStore.description
        return switch kind {
        case .unknownHost: "the host name in \(next) does not exist; check \(setting)"
        case .nameService: "DNS did not answer for \(next); check this machine's network"
        case .refused: "\(next) refuses connections; check host and port in \(setting)"
        case .unreachable: "there is no route to \(next); check this machine's network"
        case .timedOut: "no connection to \(place) within \(limits.connecting.shortText)"
        case .closed: "\(place) closed the connection before the request was sent"
        case .certificate:
            "the certificate of \(endpoint.authority) is not trusted by \(authorities): it has expired, is for another "
                + "host or from another authority; set SSL_CERT_FILE to the file of the authority that signed it"
        case .tls: "\(endpoint.authority) does not accept TLS 1.2 or later; check that it is an https:// port"
        case .trustStore: "no certificates can be read from \(trustStore.description)"
        case .proxy: "the proxy \(proxy?.authority ?? "") did not connect to \(endpoint.authority)"
        case .proxyLogin:
            "the proxy \(proxy?.authority ?? "") rejected the user name and password; check \(setting)"
        case .other: "no connection to \(place)"
        }
    }
}
