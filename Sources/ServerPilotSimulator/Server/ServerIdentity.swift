internal import NIOCore
internal import NIOSSL

/// A server's identity for TLS: a certificate, its chain, and the private key.
///
/// ```swift
/// func secureServer(_ simulation: SimulatedServerPilot, certificate: [UInt8], key: [UInt8]) throws -> SimulatorServer {
///     let identity = try ServerIdentity(certificate: certificate, key: key, names: ("server.pem", "server.key"))
///     return SimulatorServer(simulation, at: .init(port: 8443), identity: identity)
/// }
/// ```
public struct ServerIdentity: Sendable {
    let configuration: TLSConfiguration

    /// Reads an identity from PEM files and checks that the key belongs to the certificate.
    ///
    /// - Parameters:
    ///   - certificate: the text of a file with the certificate, followed by its issuers, if any.
    ///   - key: the text of a file with the private key.
    ///   - names: the names of the files, for messages.
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
        guard !chain.isEmpty else { throw ServerIdentityError("'\(names.certificate)' contains no certificate in PEM") }
        let privateKey: NIOSSLPrivateKey
        do {
            privateKey = try NIOSSLPrivateKey(bytes: key, format: .pem)
        } catch {
            throw ServerIdentityError("'\(names.key)' cannot be read as a private key in PEM without a password")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        // The API's minimum version is a guess, which a rule can switch (`withOldVersions`).
        configuration.minimumTLSVersion = .tlsv12
        // The time that a closing connection waits for the client to close it too. A client that keeps a connection
        // without reading it never does, and the library's default of five seconds would delay the end of the program.
        configuration.shutdownTimeout = .milliseconds(100)
        self.configuration = configuration
        do {
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw ServerIdentityError(
                "the key '\(names.key)' does not belong to the certificate '\(names.certificate)'")
        }
    }

    /// The TLS configuration for clients that support no version after TLS 1.1.
    var withOldVersions: TLSConfiguration {
        var configuration = configuration
        configuration.minimumTLSVersion = .tlsv1
        return configuration
    }
}
