internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// A check that a private key belongs to the certificate sent with it.
enum CertificatePair {
    /// Returns a problem if the arguments contain a key and a certificate that do not belong together.
    ///
    /// Returns no problem if either cannot be read; `CertificateWarnings` reports that.
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
