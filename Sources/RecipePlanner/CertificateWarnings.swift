internal import FoundationEssentials
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot
internal import SwiftASN1
internal import X509

/// What is wrong with a certificate that a plan would install: ServerPilot takes it, and visitors see the damage.
struct CertificateWarnings {
    /// So long before its end a certificate that is installed deserves a word.
    private static let soon: Duration = .seconds(14 * 86_400)

    let now: Timestamp

    /// The warnings about one change; none where it installs no certificate.
    ///
    /// No sentence holds anything of the private key.
    func warnings(of change: PlannedChange, app: String) -> [String] {
        guard change.operation == "add_ssl", let cert = change.arguments["cert"]?.stringValue,
            let key = change.arguments["key"]?.stringValue
        else { return [] }
        var warnings: [String] = []
        let certificate = Self.certificate(cert)
        let privateKey = try? Certificate.PrivateKey(pemEncoded: key)
        if certificate == nil {
            warnings.append("The certificate for '\(app)' cannot be read: it is no PEM certificate.")
        }
        if privateKey == nil {
            warnings.append("The private key for '\(app)' cannot be read: it is no PEM key, or one with a passphrase.")
        }
        guard let certificate else { return warnings }
        if let privateKey, privateKey.publicKey != certificate.publicKey {
            warnings.append("The certificate and the private key for '\(app)' do not belong together.")
        }
        return warnings + time(certificate, app) + names(certificate, app, change)
    }

    /// The first certificate of what may be a chain.
    private static func certificate(_ text: String) -> Certificate? {
        guard let document = try? PEMDocument.parseMultiple(pemString: text).first else { return nil }
        return try? Certificate(pemDocument: document)
    }

    private func time(_ certificate: Certificate, _ app: String) -> [String] {
        let (begins, ends) = (Self.time(certificate.notValidBefore), Self.time(certificate.notValidAfter))
        if ends < now { return ["The certificate for '\(app)' ended on \(Self.day(certificate.notValidAfter))."] }
        if begins > now {
            return ["The certificate for '\(app)' only begins on \(Self.day(certificate.notValidBefore))."]
        }
        return ends < now + Self.soon
            ? ["The certificate for '\(app)' ends on \(Self.day(certificate.notValidAfter))."] : []
    }

    private static func time(_ date: Date) -> Timestamp { Timestamp(epochSeconds: Int64(date.timeIntervalSince1970)) }

    private static func day(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle().year().month().day())
    }

    private func names(_ certificate: Certificate, _ app: String, _ change: PlannedChange) -> [String] {
        guard let alternatives = try? certificate.extensions.subjectAlternativeNames else { return [] }
        var names: [String] = []
        for case .dnsName(let name) in alternatives { names.append(name.lowercased()) }
        let domains = change.detail?.before?["domains"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let missing = domains.filter { domain in !names.contains { Self.matches($0, domain.lowercased()) } }
        return missing.isEmpty
            ? [] : ["The certificate for '\(app)' does not name \(PlanWarnings.list(missing.sorted()))."]
    }

    /// A wildcard stands for one label (RFC 6125).
    private static func matches(_ name: String, _ domain: String) -> Bool {
        guard name.hasPrefix("*.") else { return name == domain }
        guard let dot = domain.firstIndex(of: ".") else { return false }
        return domain[dot...] == name.dropFirst()
    }
}
