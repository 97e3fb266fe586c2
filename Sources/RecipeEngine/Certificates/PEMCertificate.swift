internal import FoundationEssentials
internal import Groundwork
internal import SwiftASN1
internal import X509

/// The first certificate of a PEM text; its chain may follow in the text.
struct PEMCertificate {
    private let certificate: Certificate

    /// Parses the text; `nil` if it contains no readable certificate.
    init?(_ text: String) {
        guard let document = try? PEMDocument.parseMultiple(pemString: text).first,
            let certificate = try? Certificate(pemDocument: document)
        else { return nil }
        self.certificate = certificate
    }

    /// Returns whether a PEM private key belongs to the certificate; `nil` if the key cannot be read, such as a key
    /// with a passphrase.
    func belongs(to key: String) -> Bool? {
        guard let key = try? Certificate.PrivateKey(pemEncoded: key) else { return nil }
        return key.publicKey == certificate.publicKey
    }

    /// The times when the validity begins and ends.
    var validity: (begins: Timestamp, ends: Timestamp) {
        (Self.time(certificate.notValidBefore), Self.time(certificate.notValidAfter))
    }

    /// The days when the validity begins and ends, such as `2026-11-30`.
    var days: (begins: String, ends: String) {
        (Self.day(certificate.notValidBefore), Self.day(certificate.notValidAfter))
    }

    private static func time(_ date: Date) -> Timestamp { Timestamp(epochSeconds: Int64(date.timeIntervalSince1970)) }

    private static func day(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle().year().month().day())
    }

    /// Returns the domains that the certificate does not cover; empty if it has no subject alternative names.
    func missing(of domains: [String]) -> [String] {
        guard let alternatives = try? certificate.extensions.subjectAlternativeNames else { return [] }
        var names: [String] = []
        for case .dnsName(let name) in alternatives { names.append(name.lowercased()) }
        return domains.filter { domain in !names.contains { Self.matches($0, domain.lowercased()) } }
    }

    /// Returns whether a certificate name covers a domain; a wildcard stands for one label (RFC 6125).
    private static func matches(_ name: String, _ domain: String) -> Bool {
        guard name.hasPrefix("*."), name != domain else { return name == domain }
        guard let dot = domain.firstIndex(of: ".") else { return false }
        return domain[dot...] == name.dropFirst() && !domain.hasPrefix("*")
    }
}
