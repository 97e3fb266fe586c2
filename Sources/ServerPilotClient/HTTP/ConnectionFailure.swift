/// The reason why no request could be sent: the cause of a `ServerPilotError` with the code `notConnected`.
///
/// ```swift
/// func explain(_ error: ServerPilotError) -> String {
///     guard let failure = error.connectionFailure else { return error.message }
///     return switch failure.kind {
///     case .unknownHost: "check the name of the host"
///     case .certificate: "the certificate is not trusted"
///     default: failure.isPermanent ? "mend the connection" : "try again later"
///     }
/// }
/// ```
public struct ConnectionFailure: Error, Sendable {
    /// The kind of obstacle.
    public enum Kind: String, Hashable, Sendable {
        /// The name service reports that the host does not exist.
        case unknownHost
        /// The name service does not answer.
        case nameService
        /// No program listens on the port.
        case refused
        /// There is no route to the host.
        case unreachable
        /// Connecting exceeded its timeout.
        case timedOut
        /// The connection ended before the request was sent.
        case closed
        /// The certificate is not trusted: unknown authority, expired, or for another name.
        case certificate
        /// The peers did not agree on TLS, or the other side does not speak it.
        case tls
        /// The certificates that the environment names are unreadable.
        case trustStore
        /// The proxy did not connect to the host.
        case proxy
        /// The proxy requires other credentials.
        case proxyLogin
        /// Any other obstacle.
        case other
    }

    /// The kind of obstacle.
    public let kind: Kind
    /// The error of the network library.
    public let underlying: any Error

    /// Whether a retry is pointless, because only a person can remove the obstacle.
    ///
    /// An unknown host is permanent, because a name service that does not answer has its own kind (`nameService`).
    /// Trust, TLS versions and proxy passwords do not change by waiting either. A refusal is temporary: a restarting
    /// server refuses for a few seconds. A proxy's refusal is too: it is most often a 502 or 503 about the connection
    /// behind it.
    public var isPermanent: Bool {
        switch kind {
        case .unknownHost, .certificate, .tls, .trustStore, .proxyLogin: true
        case .nameService, .refused, .unreachable, .timedOut, .closed, .proxy, .other: false
        }
    }
}
