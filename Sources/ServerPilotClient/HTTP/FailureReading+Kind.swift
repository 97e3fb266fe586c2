internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

extension FailureReading {
    /// Returns the kind of obstacle for a request that was not sent.
    func kind(of error: any Error) -> ConnectionFailure.Kind {
        switch error {
        case let error as HTTPClientError: kind(of: error)
        case let error as NIOConnectionError: kind(of: error)
        case let error as IOError: kind(ofErrno: error.errnoCode)
        case let error as NIOSSLError: kind(of: error)
        case is NIOSSLExtraError, is CertificateName.Mismatch: .certificate
        // Outside a handshake this error comes from reading the certificate authorities.
        case is BoringSSLError: trustStore == .system ? .tls : .trustStore
        case ChannelError.connectTimeout: .timedOut
        case is ChannelError: .closed
        // SOCKS has a dozen error types, and a proxy that does not speak HTTP causes errors of the HTTP parser.
        default: proxy == nil ? .other : .proxy
        }
    }

    private func kind(of error: HTTPClientError) -> ConnectionFailure.Kind {
        switch error {
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout,
            .socksHandshakeTimeout, .deadlineExceeded:
            .timedOut
        case .remoteConnectionClosed: .closed
        case .proxyAuthenticationRequired: .proxyLogin
        case .invalidProxyResponse: .proxy
        default: .other
        }
    }

    /// Returns the kind of the first address's error, which is reported for the whole host.
    private func kind(of error: NIOConnectionError) -> ConnectionFailure.Kind {
        if let failure = error.connectionErrors.first { return kind(of: failure.error) }
        switch error.dnsAError ?? error.dnsAAAAError {
        case let error as SocketAddressError.UnknownHost where error.errorCode == EAI_NONAME: return .unknownHost
        case nil: return .other
        default: return .nameService
        }
    }

    private func kind(ofErrno code: CInt) -> ConnectionFailure.Kind {
        switch code {
        case ECONNREFUSED: .refused
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EADDRNOTAVAIL: .unreachable
        case ETIMEDOUT: .timedOut
        case ECONNRESET, EPIPE, ENOTCONN, ECONNABORTED: .closed
        default: .other
        }
    }

    private func kind(of error: NIOSSLError) -> ConnectionFailure.Kind {
        switch error {
        case .noSuchFilesystemObject, .failedToLoadCertificate: .trustStore
        case .unableToValidateCertificate, .noCertificateToValidate, .cannotMatchULabel: .certificate
        case .uncleanShutdown, .shutdownFailed, .writeDuringTLSShutdown, .readInInvalidTLSState: .closed
        case .handshakeFailed(.sslError(let stack)), .handshakeFailed(.unknownError(let stack)):
            // The library states the reason only as text; this word is an OpenSSL reason code.
            if stack.contains(where: { $0.description.contains("CERTIFICATE_VERIFY_FAILED") }) {
                .certificate
            } else if stack.contains(.eofDuringHandshake) {
                .closed
            } else {
                .tls
            }
        case .handshakeFailed(.syscallError), .handshakeFailed(.zeroReturn): .closed
        default: .tls
        }
    }
}
