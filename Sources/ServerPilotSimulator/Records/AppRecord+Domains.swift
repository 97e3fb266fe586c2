internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension AppRecord {
    /// The keys by which the table counts the domains of the app.
    var domainPlaces: [RecordPlace] {
        domains.keys.map { RecordPlace(.domain, $0.comparableDomain, on: serverID.rawValue) }
    }

    /// Replaces the domains; a domain that stays keeps its time.
    ///
    /// ServerPilot stores a set without order (seen live). The order here depends on the names alone, so that nobody
    /// mistakes it for the order in which a client sent them.
    mutating func setDomains(_ names: [String], at now: Timestamp) {
        let pairs = Set(names).map { (name: $0, order: $0.utf8.stableHash) }
            .sorted { ($0.order, $0.name) < ($1.order, $1.name) }
        domains = OrderedDictionary(
            pairs.map { ($0.name, domains[$0.name] ?? now) }, uniquingKeysWith: { first, _ in first })
    }

    /// Returns the domains that an AutoSSL certificate could cover now.
    func autoSSLDomains(at now: Timestamp, _ settings: AccountSettings) -> [String] {
        let coversWildcards = !settings.rules.keeps(.autoSSLWithoutWildcards)
        return domains.filter { name, since in
            (coversWildcards || !name.contains("*")) && since + settings.autoSSLDelay <= now
        }.map(\.key)
    }

    /// Returns the `autossl` member, which has `domains` only if AutoSSL is available (seen live).
    func autossl(at now: Timestamp, _ settings: AccountSettings) -> JSONValue {
        let covered = autoSSLDomains(at: now, settings)
        guard !covered.isEmpty else { return ["available": false] }
        return ["available": true, "domains": .array(covered.map { .string($0) })]
    }
}

extension String {
    /// Whether the domain ends with a dot.
    var hasFinalDot: Bool { utf8.last == UInt8(ascii: ".") }

    /// The domain in the form in which DNS compares it: in lower case, without a final dot.
    var comparableDomain: String {
        // Nearly all domains have this form already.
        let isLower = utf8.allSatisfy { $0 < 0x80 && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        let domain = isLower ? self : lowercased()
        return domain.hasFinalDot ? String(domain.dropLast()) : domain
    }
}
