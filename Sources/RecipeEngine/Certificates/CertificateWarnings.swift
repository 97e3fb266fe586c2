package import Groundwork
internal import OrderedCollections
package import ServerPilot

/// Warnings about an app's certificate after a change.
///
/// ServerPilot accepts such changes, and only visitors notice the damage.
package struct CertificateWarnings {
    /// The time before expiry at which an installed certificate causes a warning.
    private static let soon: Duration = .seconds(14 * 86_400)
    /// The maximum number of names that a sentence lists; it only counts the others.
    private static let listed = 3

    private let now: Timestamp

    /// Creates warnings for changes that are made at that time.
    package init(now: Timestamp) { self.now = now }

    /// Returns the warnings about one change; empty if the change does not concern certificates.
    ///
    /// No warning contains any part of the private key.
    ///
    /// - Parameters:
    ///   - operation: the change.
    ///   - arguments: its arguments.
    ///   - app: the app before the change.
    ///   - name: the app's name.
    /// - Returns: one sentence per warning.
    package func warnings(
        of operation: ServerPilot.Operation.Name, _ arguments: JSONObject, app: JSONValue?, called name: String
    ) -> [String] {
        let domains = Self.domains(app)
        let ssl = app?["ssl"] ?? .null
        switch operation {
        case "add_ssl": return installed(arguments, name, domains)
        case "enable_autossl": return covered(domains.filter { $0.contains("*") }, ["auto": true], name)
        case "force_ssl" where arguments["force"]?.boolValue == true:
            let isAuto = ssl["auto"]?.boolValue == true
            return covered(isAuto ? domains.filter { $0.contains("*") } : domains, ssl, name, isForced: true)
        case "update_app" where ssl != .null:
            let wanted = arguments["domains"]?.arrayValue?.compactMap(\.stringValue) ?? []
            return covered(
                wanted.filter { !domains.contains($0) }, ssl, name, isForced: ssl["force"]?.boolValue == true)
        default: return []
        }
    }

    private static func domains(_ app: JSONValue?) -> [String] {
        app?["domains"]?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    // MARK: Installed certificates

    private func installed(_ arguments: JSONObject, _ app: String, _ domains: [String]) -> [String] {
        guard let cert = arguments["cert"]?.stringValue, let key = arguments["key"]?.stringValue else { return [] }
        guard let certificate = PEMCertificate(cert) else {
            return ["The certificate for '\(app)' is not a valid PEM certificate."]
        }
        var warnings: [String] = []
        if certificate.belongs(to: key) == nil {
            warnings.append("The private key for '\(app)' is not a valid PEM key, or it has a passphrase.")
        }
        let missing = certificate.missing(of: domains)
        if !missing.isEmpty { warnings.append(Self.missing(missing, app)) }
        return warnings + time(certificate, app)
    }

    private func time(_ certificate: PEMCertificate, _ app: String) -> [String] {
        let (validity, days) = (certificate.validity, certificate.days)
        if validity.ends < now { return ["The certificate for '\(app)' expired on \(days.ends)."] }
        if validity.begins > now { return ["The certificate for '\(app)' is not valid before \(days.begins)."] }
        return validity.ends < now + Self.soon ? ["The certificate for '\(app)' expires on \(days.ends)."] : []
    }

    // MARK: Domains without a certificate

    /// Returns warnings that the certificate in `ssl` does not cover these domains, or may not cover them yet.
    private func covered(_ domains: [String], _ ssl: JSONValue, _ app: String, isForced: Bool = false) -> [String] {
        let result = isForced ? ", and the app redirects HTTP to HTTPS, so browsers show a warning" : ""
        guard ssl["auto"]?.boolValue == true else {
            let missing = ssl["cert"]?.stringValue.flatMap { PEMCertificate($0) }?.missing(of: domains) ?? []
            return missing.isEmpty
                ? [] : [Self.missing(missing, app)]
        }
        let wildcards = domains.filter { $0.contains("*") }
        let others = domains.filter { !$0.contains("*") }
        var warnings: [String] = []
        if !wildcards.isEmpty {
            warnings.append(
                "AutoSSL does not cover wildcards: \(Self.list(wildcards)) of '\(app)' has no certificate\(result).")
        }
        if !others.isEmpty {
            warnings.append(
                "The AutoSSL certificate of '\(app)' does not include \(Self.list(others)) yet: HTTPS fails there "
                    + "until ServerPilot issues a new certificate\(result).")
        }
        return warnings
    }

    /// Returns the same sentence for every kind of change, so that a run reports it only once.
    private static func missing(_ domains: [String], _ app: String) -> String {
        "The certificate for '\(app)' does not cover \(list(domains.sorted()))."
    }

    private static func list(_ names: [String]) -> String {
        let more = names.count > listed ? " and \(names.count - listed) more" : ""
        return names.prefix(listed).joined(separator: ", ") + more
    }
}
