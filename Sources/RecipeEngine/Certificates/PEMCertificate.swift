internal import FoundationEssentials
internal import ServerPilot
internal import SwiftASN1
internal import X509

/// The first certificate of a PEM text, which may be followed by its chain.
struct PEMCertificate {
    private let certificate: Certificate

    /// - Returns: `nil` where the text has no certificate that can be read.
    init?(_ text: String) {
        guard let document = try? PEMDocument.parseMultiple(pemString: text).first,
            let certificate = try? Certificate(pemDocument: document)
        else { return nil }
        self.certificate = certificate
    }

    /// Whether a private key in PEM belongs to it; `nil` where the key cannot be read, as one with a passphrase cannot.
    func belongs(to key: String) -> Bool? {
        guard let key = try? Certificate.PrivateKey(pemEncoded: key) else { return nil }
        return key.publicKey == certificate.publicKey
    }

    /// When it begins and ends.
    var validity: (begins: Timestamp, ends: Timestamp) {
        (Self.time(certificate.notValidBefore), Self.time(certificate.notValidAfter))
    }

    /// The days on which it begins and ends: `2026-11-30`.
    var days: (begins: String, ends: String) {
        (Self.day(certificate.notValidBefore), Self.day(certificate.notValidAfter))
    }

    private static func time(_ date: Date) -> Timestamp { Timestamp(epochSeconds: Int64(date.timeIntervalSince1970)) }

    private static func day(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle().year().month().day())
    }

    /// The domains that it does not name; none where it has no such names at all.
    func missing(of domains: [String]) -> [String] {
        guard let alternatives = try? certificate.extensions.subjectAlternativeNames else { return [] }
        var names: [String] = []
        for case .dnsName(let name) in alternatives { names.append(name.lowercased()) }
        return domains.filter { domain in !names.contains { Self.matches($0, domain.lowercased()) } }
    }

    /// A wildcard stands for one label (RFC 6125).
    private static func matches(_ name: String, _ domain: String) -> Bool {
        guard name.hasPrefix("*."), name != domain else { return name == domain }
        guard let dot = domain.firstIndex(of: ".") else { return false }
        return domain[dot...] == name.dropFirst() && !domain.hasPrefix("*")
    }
}
