internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension Account {
    /// Whether any record was touched since the changes were last taken or cleared.
    var hasChanges: Bool {
        !(servers.touched.isEmpty && sshkeys.touched.isEmpty && sysusers.touched.isEmpty && apps.touched.isEmpty
            && databases.touched.isEmpty && actions.touched.isEmpty)
    }

    /// The ids of the records touched since the changes were last taken or cleared, except actions.
    var touchedIDs: [String] {
        servers.touched.map(\.rawValue) + sshkeys.touched.map(\.rawValue) + sysusers.touched.map(\.rawValue)
            + apps.touched.map(\.rawValue) + databases.touched.map(\.rawValue)
    }

    /// Clears the lists of touched records.
    mutating func clearChanges() {
        servers.clearTouched()
        sshkeys.clearTouched()
        sysusers.clearTouched()
        apps.clearTouched()
        databases.clearTouched()
        actions.clearTouched()
    }

    /// Returns the records touched since the last call, and clears the lists of touched records.
    mutating func takeChanges(at now: Timestamp, random: SeededRandom) -> AccountChanges {
        var changes = AccountChanges(settings: settings, now: now, random: random)
        changes.take(.servers, &servers)
        changes.take(.sshkeys, &sshkeys)
        changes.take(.sysusers, &sysusers)
        changes.take(.apps, &apps)
        changes.take(.dbs, &databases)
        changes.take(.actions, &actions)
        return changes
    }
}

extension AccountChanges {
    /// Creates the changes that fill an empty store.
    init(all state: SimulatorState) {
        var account = state.account
        account.servers.touchAll()
        account.sshkeys.touchAll()
        account.sysusers.touchAll()
        account.apps.touchAll()
        account.databases.touchAll()
        account.actions.touchAll()
        self = account.takeChanges(at: state.now, random: state.random)
    }

    fileprivate mutating func take<ID, Row: DocumentedRecord>(_ name: AccountTable, _ table: inout RecordTable<ID, Row>)
    where ID: RawRepresentable<String> {
        for id in table.touched { note(id.rawValue, in: name, table[id]?.document) }
        table.clearTouched()
    }
}
