internal import Groundwork
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// Timed facts (`TimedFact`): before a recipe reads such a fact, the copy is adjusted to the foresight.
extension AccountOverlay {
    func foresee(_ call: Call) {
        guard let fact = TimedFact.about(call.operation.kind) else { return }
        switch (fact, call.operation.result) {
        case (.autoSSLIsAvailable, .object): foreseeAutoSSL(AppID(call.pathID))
        case (.autoSSLIsAvailable, _): return
        case (.serverHasConnected, .list):
            for id in simulated.account.servers.keys { foreseeConnection(id) }
        case (.serverHasConnected, _): foreseeConnection(ServerID(call.pathID))
        }
    }

    private func foreseeAutoSSL(_ id: AppID) {
        let account = simulated.account
        guard let app = account.apps[id], app.canHaveAutoSSL(account.settings) else { return }
        let now = clock.now
        let isAvailable = !app.autoSSLDomains(at: now, account.settings).isEmpty
        let subject = TimedSubject(
            .autoSSLIsAvailable, id: id.rawValue, name: app.name, serverID: app.serverID.rawValue)
        // A fact that already holds in the live account keeps holding.
        let isSettled = isAvailable && isOriginal(id.rawValue) && !wasForeseen(subject) && !wasChanged(id.rawValue)
        guard !isSettled else { return }
        let wanted = read(subject) { foresight.holds(subject, reading: $0) ?? isAvailable }
        guard wanted != isAvailable else { return }
        // The clock could contradict the foresight between two readings, so each reading sets the domains again.
        change { account in
            let since = wanted ? Timestamp(sinceEpoch: now.sinceEpoch - account.settings.autoSSLDelay) : now
            let domains = account.apps[id]?.domains.mapValues { _ in since }
            account.apps[id]?.domains = domains ?? [:]
        }
    }

    private func foreseeConnection(_ id: ServerID) {
        guard let server = simulated.account.servers[id], server.connected == nil else { return }
        let subject = TimedSubject(.serverHasConnected, id: id.rawValue, name: server.name, serverID: nil)
        if read(subject, { foresight.holds(subject, reading: $0) ?? false }) { connect(id) }
    }

    private func wasForeseen(_ subject: TimedSubject) -> Bool {
        state.withLock { $0.timed[subject.place] != nil }
    }

    /// Counts a reading of a fact, and returns whether the fact holds.
    private func read(_ subject: TimedSubject, _ holds: (Int) -> Bool) -> Bool {
        state.withLock { $0.timed[subject.place, default: TimedReading(subject)].next(holds) }
    }
}

extension AppRecord {
    /// Whether AutoSSL can ever become available: the app needs a domain that a certificate can cover.
    func canHaveAutoSSL(_ settings: AccountSettings) -> Bool {
        domains.keys.contains { !settings.rules.keeps(.autoSSLWithoutWildcards) || !$0.contains("*") }
    }
}
