internal import OrderedCollections
internal import ServerPilot

/// How the domains of an app are taken.
extension Account {
    /// The argument `domains` as it is kept, where it was given.
    func domains(of call: Call) -> [String]? { call.domains?.map(kept) }

    /// A domain as it is kept.
    private func kept(_ domain: String) -> String {
        let rules = settings.rules
        let cased = rules[.domainsAreLowerCase] == "lowered" ? domain.lowercased() : domain
        guard rules[.domainsHaveNoFinalDot] == "dropped", cased.hasFinalDot else { return cased }
        return String(cased.dropLast())
    }

    func domainsAreDistinct(_ call: Call) -> Bool {
        guard let domains = domains(of: call) else { return true }
        return Set(domains).count == domains.count
    }

    func domainsAreLowerCase(_ call: Call) -> Bool {
        call.domains?.allSatisfy { $0 == $0.lowercased() } ?? true
    }

    func domainsHaveNoFinalDot(_ call: Call) -> Bool { call.domains?.allSatisfy { !$0.hasFinalDot } ?? true }

    /// Whether no other app of the server has one of the domains, whichever way they are written.
    func domainsAreFree(_ call: Call) -> Bool {
        guard let domains = call.domains, let server = server(of: call) else { return true }
        let wanted = Set(domains.map(\.comparable))
        return apps.values.allSatisfy { app in
            app.serverID != server || app.id.rawValue == call.pathID
                || app.domains.keys.allSatisfy { !wanted.contains($0.comparable) }
        }
    }
}

extension Call {
    /// The argument `domains` as it was sent.
    fileprivate var domains: [String]? { arguments["domains"]?.arrayValue?.compactMap(\.stringValue) }
}

extension String {
    fileprivate var hasFinalDot: Bool { utf8.last == UInt8(ascii: ".") }

    /// A domain as DNS compares it.
    fileprivate var comparable: String {
        let domain = lowercased()
        return domain.hasFinalDot ? String(domain.dropLast()) : domain
    }
}
