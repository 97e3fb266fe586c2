internal import NIOCore
internal import NIOSSL

/// What a server proves over TLS who it is with: a certificate, its chain, and the private key.
public struct ServerIdentity: Sendable {
    let configuration: TLSConfiguration

    /// Reads an identity from files in PEM and tries whether they go together.
    ///
    /// - Parameters:
    ///   - certificate: the text of a file with the certificate, and behind it those that signed it, if any.
    ///   - key: the text of a file with the private key.
    ///   - names: what the files are called, for messages.
    /// - Throws: `ServerIdentityError`.
    public init(
        certificate: [UInt8], key: [UInt8], names: (certificate: String, key: String)
    ) throws(ServerIdentityError) {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMBytes(certificate)
        } catch {
            throw ServerIdentityError("'\(names.certificate)' cannot be read as a certificate in PEM")
        }
        guard !chain.isEmpty else { throw ServerIdentityError("'\(names.certificate)' holds no certificate in PEM") }
        let privateKey: NIOSSLPrivateKey
        do {
            privateKey = try NIOSSLPrivateKey(bytes: key, format: .pem)
        } catch {
            throw ServerIdentityError("'\(names.key)' cannot be read as a private key in PEM without a password")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        // A guess of the API's own, which a rule can switch (`withOldVersions`).
        configuration.minimumTLSVersion = .tlsv12
        // So long a connection that ends waits for its client to say so too. One that keeps a connection without
        // reading it says nothing, and the library's five seconds would hold up the end of the program.
        configuration.shutdownTimeout = .milliseconds(100)
        self.configuration = configuration
        do {
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw ServerIdentityError(
                "the key '\(names.key)' does not belong to the certificate '\(names.certificate)'")
        }
    }

    /// The identity for clients that know no TLS after 1.1.
    ///
    var withOldVersions: TLSConfiguration {
        var configuration = configuration
        configuration.minimumTLSVersion = .tlsv1
        return configuration
    }
}
