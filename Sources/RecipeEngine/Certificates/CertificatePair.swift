internal import OrderedCollections
internal import ServerPilot

/// Whether a private key and a certificate that are about to be sent belong together.
enum CertificatePair {
    /// The problem of arguments that hold a key and the certificate of another; none where one of them cannot be read,
    /// which the warnings say.
    static func problems(in arguments: JSONObject) -> [ArgumentProblem] {
        guard let key = arguments["key"]?.stringValue, let cert = arguments["cert"]?.stringValue,
            PEMCertificate(cert)?.belongs(to: key) == false
        else { return [] }
        return [
            ArgumentProblem(
                argument: "key",
                kind: .broken(demand: "belong to the certificate in 'cert'", by: "ssl-key-of-cert", .production))
        ]
    }
}
