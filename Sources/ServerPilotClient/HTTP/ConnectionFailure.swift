/// Why no request could be sent: the cause of a `ServerPilotError` with the code `notConnected`.
public struct ConnectionFailure: Error, Sendable {
    /// What stood in the way.
    public enum Kind: String, Hashable, Sendable {
        /// The name service says that there is no such host.
        case unknownHost
        /// The name service does not answer.
        case nameService
        /// Nobody listens at that port.
        case refused
        /// There is no way to the host.
        case unreachable
        /// It took too long.
        case timedOut
        /// The connection ended before the request was on its way.
        case closed
        /// The certificate is not trusted: unknown authority, expired, or for another name.
        case certificate
        /// Both sides could not agree on TLS, or the other side does not speak it.
        case tls
        /// The certificates that the environment names cannot be read.
        case trustStore
        /// The proxy did not make the connection.
        case proxy
        /// The proxy wants another name or password.
        case proxyLogin
        /// Anything else.
        case other
    }

    /// What stood in the way.
    public let kind: Kind
    /// What the network library said.
    public let underlying: any Error

    /// Whether trying again is pointless: the same will happen until a person changes something.
    ///
    /// An unknown host is final, since a name service that cannot be asked is told apart (`nameService`). Trust, TLS
    /// versions and proxy passwords do not heal by waiting either. A refusal does: a server that restarts refuses for
    /// a few seconds. So does a proxy's "no", which is most often a 502 or 503 about the connection behind it.
    public var isPermanent: Bool {
        switch kind {
        case .unknownHost, .certificate, .tls, .trustStore, .proxyLogin: true
        case .nameService, .refused, .unreachable, .timedOut, .closed, .proxy, .other: false
        }
    }
}
