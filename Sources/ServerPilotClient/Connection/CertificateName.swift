internal import NIOCore
internal import NIOSSL
internal import SwiftASN1
internal import X509

/// Holds a server's certificate to the host that was asked for.
///
/// Verification by the TLS library comes first. Where a name was asked for, it also takes a certificate that has the
/// address of the other side, or nothing but a common name: whoever answers at an address could then speak for each name
/// that resolves to it, and a proxy for everybody behind it. Here a name needs its name and an address its address
/// (RFC 9525).
struct CertificateName {
    /// Thrown where the certificate is for others.
    struct Mismatch: Error {}

    /// The host that was asked for: a name in lower case without a dot at its end, or an address.
    private let host: String
    private let address: IPAddress?

    init(host: String) {
        let host = host.lowercased()
        self.host = host.last == "." ? String(host.dropLast()) : host
        address = IPAddress(host)
    }

    /// Checks the certificate of a connection whose handshake is done; one that fails is closed.
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

    /// Whether a certificate names the host among its alternative names.
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

    /// Whether a name of a certificate stands for the host: a `*` as its whole left-most label stands for one label.
    func matches(_ name: String) -> Bool {
        var name = name.lowercased()
        if name.last == "." { name.removeLast() }
        guard name.hasPrefix("*.") else { return name == host && !name.contains("*") }
        guard let dot = host.firstIndex(of: "."), dot != host.startIndex else { return false }
        return host[dot...] == name.dropFirst()
    }
}
