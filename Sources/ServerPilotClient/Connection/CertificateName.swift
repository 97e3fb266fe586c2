internal import NIOCore
internal import NIOSSL
internal import SwiftASN1
internal import X509

/// A check that a server's certificate names the requested host.
///
/// The TLS library verifies the certificate first. For a host name, it also accepts a certificate for the peer's IP
/// address, or with only a common name. Then the owner of an address could impersonate every name that resolves to it,
/// and a proxy could impersonate every host behind it. This check requires a name for a name, and an address for an
/// address (RFC 9525).
struct CertificateName {
    /// The error for a certificate that does not name the host.
    struct Mismatch: Error {}

    /// The requested host: a name in lower case without a dot at its end, or an address.
    private let host: String
    private let address: IPAddress?

    init(host: String) {
        let host = host.lowercased()
        self.host = host.last == "." ? String(host.dropLast()) : host
        address = IPAddress(host)
    }

    /// Checks the certificate after the TLS handshake, and closes the connection if it does not name the host.
    func check(_ channel: any Channel) -> EventLoopFuture<Void> {
        channel.eventLoop.submit {
            let handler = try channel.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self)
            guard let certificate = handler.peerCertificate, try matches(certificate.toDERBytes()) else {
                throw Mismatch()
            }
        }.flatMapErrorThrowing { error in
            channel.close(promise: nil)
            throw error
        }
    }

    /// Whether a certificate's alternative names include the host.
    func matches(_ der: [UInt8]) throws -> Bool {
        let certificate = try Certificate(derEncoded: der)
        let names = try certificate.extensions.subjectAlternativeNames
        return (names ?? SubjectAlternativeNames()).contains { name in
            switch name {
            case .dnsName(let name): address == nil && matches(name)
            case .ipAddress(let bytes): address.map { $0.bytes == Array(bytes.bytes) } ?? false
            default: false
            }
        }
    }

    /// Whether a name in a certificate matches the host; `*` as the left-most label matches exactly one label.
    func matches(_ name: String) -> Bool {
        var name = name.lowercased()
        if name.last == "." { name.removeLast() }
        guard name.hasPrefix("*.") else { return name == host && !name.contains("*") }
        guard let dot = host.firstIndex(of: "."), dot != host.startIndex else { return false }
        return host[dot...] == name.dropFirst()
    }
}
