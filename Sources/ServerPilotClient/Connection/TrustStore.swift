internal import NIOSSL

/// Whose certificates are trusted: the system's authorities, or those that `SSL_CERT_FILE` and `SSL_CERT_DIR` name.
///
/// The variables are OpenSSL's, and as there they replace the system's authorities instead of adding to them: what is
/// named is what is trusted. Named both, both are trusted. A folder has to be prepared by `openssl rehash`, as always.
struct TrustStore: Hashable {
    /// A file of certificates in PEM.
    let file: String?
    /// A folder of certificates under their hashes.
    let directory: String?

    /// The system's authorities.
    static let system = TrustStore(file: nil, directory: nil)

    private init(file: String?, directory: String?) {
        self.file = file
        self.directory = directory
    }

    /// Reads the variables; an empty one counts as not set.
    ///
    /// No file is looked at yet.
    ///
    /// - Throws: `ClientConfigurationError` with the code `invalidTrustStore` when `SSL_CERT_DIR` names several
    ///   folders, which OpenSSL knows and the TLS library here does not.
    init(environment: [String: String]) throws(ClientConfigurationError) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        file = value("SSL_CERT_FILE")
        directory = value("SSL_CERT_DIR")
        guard directory?.contains(":") != true else {
            throw ClientConfigurationError(.invalidTrustStore, "SSL_CERT_DIR must name one folder, not a list of them")
        }
    }

    /// What was named, for messages; empty for the system's.
    var description: String {
        [file.map { "SSL_CERT_FILE=\($0)" }, directory.map { "SSL_CERT_DIR=\($0)" }].compactMap(\.self)
            .joined(separator: " ")
    }

    /// TLS 1.2 and later with full verification against this store.
    ///
    /// Files are read when the first connection is made.
    var configuration: TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .fullVerification
        // Older versions are broken (RFC 8996); ServerPilot's API offers newer ones.
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
