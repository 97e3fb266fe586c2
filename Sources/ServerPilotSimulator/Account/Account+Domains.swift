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
        let own = (apps[AppID(call.pathID)]?.domainPlaces ?? []).reduce(into: [:]) { $0[$1, default: 0] += 1 }
        return domains.allSatisfy { domain in
            let place = RecordPlace(.domain, domain.comparableDomain, on: server.rawValue)
            return apps.count(in: place) == own[place, default: 0]
        }
    }
}

extension Call {
    /// The argument `domains` as the client sent it.
    fileprivate var domains: [String]? { arguments["domains"]?.arrayValue?.compactMap(\.stringValue) }
}
