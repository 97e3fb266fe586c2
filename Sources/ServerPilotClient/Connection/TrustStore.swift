internal import NIOSSL

/// The trusted certificates: the system's, or those in `SSL_CERT_FILE` and `SSL_CERT_DIR`.
///
/// As in OpenSSL, the variables replace the system's certificate authorities and do not add to them. If both are set,
/// both are trusted. `openssl rehash` must have prepared the directory, as always.
struct TrustStore: Hashable {
    /// The path of a PEM file of certificates.
    let file: String?
    /// The path of a directory of certificates with hashed names.
    let directory: String?

    /// The system's certificate authorities.
    static let system = TrustStore(file: nil, directory: nil)

    private init(file: String?, directory: String?) {
        self.file = file
        self.directory = directory
    }

    /// Reads the variables; an empty variable counts as not set.
    ///
    /// It does not open the files yet.
    ///
    /// - Throws: `ClientConfigurationError` with the code `invalidTrustStore` if `SSL_CERT_DIR` names several
    ///   directories, which OpenSSL supports but this TLS library does not.
    init(environment: [String: String]) throws(ClientConfigurationError) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        file = value("SSL_CERT_FILE")
        directory = value("SSL_CERT_DIR")
        guard directory?.contains(":") != true else {
            throw ClientConfigurationError(.invalidTrustStore, "SSL_CERT_DIR must name one folder, not a list of them")
        }
    }

    /// The variables with their values, for messages; empty for the system's authorities.
    var description: String {
        [file.map { "SSL_CERT_FILE=\($0)" }, directory.map { "SSL_CERT_DIR=\($0)" }].compactMap(\.self)
            .joined(separator: " ")
    }

    /// A TLS configuration for version 1.2 and later, with full verification against this store.
    ///
    /// The files are read when the first connection is made.
    var configuration: TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .fullVerification
        // Older versions are insecure (RFC 8996), and ServerPilot's API offers newer versions.
        configuration.minimumTLSVersion = .tlsv12
        if let directory {
            configuration.trustRoots = .file(directory)
            configuration.additionalTrustRoots = file.map { [.file($0)] } ?? []
        } else if let file {
            configuration.trustRoots = .file(file)
        }
        return configuration
    }
}
