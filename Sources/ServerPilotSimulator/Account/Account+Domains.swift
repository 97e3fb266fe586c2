internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// Normalization and checks of an app's domains.
extension Account {
    /// Returns the argument `domains` as the account stores it; `nil` if it is absent.
    func domains(of call: Call) -> [String]? { call.domains?.map(kept) }

    /// Returns the domain as the account stores it: in lower case or without a final dot, if the rules say so.
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

    /// Whether no other app of the server has one of the domains, ignoring case and a final dot.
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
    /// The argument `domains` as the client sent it.
    fileprivate var domains: [String]? { arguments["domains"]?.arrayValue?.compactMap(\.stringValue) }
}

extension String {
    fileprivate var hasFinalDot: Bool { utf8.last == UInt8(ascii: ".") }

    /// The domain in the form in which DNS compares it.
    fileprivate var comparable: String {
        let domain = lowercased()
        return domain.hasFinalDot ? String(domain.dropLast()) : domain
    }
}
