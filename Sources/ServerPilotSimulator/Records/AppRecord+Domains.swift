internal import OrderedCollections
internal import ServerPilot

extension AppRecord {
    /// Replaces the domains; one that stays keeps its time.
    ///
    /// ServerPilot keeps a set and no order (seen live), so the order here depends on the names alone, in a way that
    /// nobody can mistake for the order given.
    mutating func setDomains(_ names: [String], at now: Timestamp) {
        let pairs = Set(names).map { (name: $0, order: $0.stableHash) }
            .sorted { ($0.order, $0.name) < ($1.order, $1.name) }
        domains = OrderedDictionary(
            pairs.map { ($0.name, domains[$0.name] ?? now) }, uniquingKeysWith: { first, _ in first })
    }

    /// The domains that a certificate of AutoSSL could cover now.
    func autoSSLDomains(at now: Timestamp, _ settings: AccountSettings) -> [String] {
        let coversWildcards = !settings.rules.keeps(.autoSSLWithoutWildcards)
        return domains.filter { name, since in
            (coversWildcards || !name.contains("*")) && since + settings.autoSSLDelay <= now
        }.map(\.key)
    }

    /// The `autossl` member: `domains` are there only when it is available (seen live).
    func autossl(at now: Timestamp, _ settings: AccountSettings) -> JSONValue {
        let covered = autoSSLDomains(at: now, settings)
        guard !covered.isEmpty else { return ["available": false] }
        return ["available": true, "domains": .array(covered.map { .string($0) })]
    }
}
