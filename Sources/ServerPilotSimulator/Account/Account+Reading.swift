internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

extension Account {
    /// Returns the `data` of the reply to an operation that reads.
    func read(_ call: Call, at now: Timestamp) -> JSONValue {
        switch call.operation.result {
        case .nothing: .object([:])
        case .object(let shape): describe(call.operation.kind, call.pathID, as: shape, at: now)
        case .list(let shape): .array(records(listedBy: call).map { describe($0, as: shape, at: now) })
        }
    }

    private func records(listedBy call: Call) -> [any Record] {
        // Only the list of a system user's SSH keys has a parameter in its path.
        if !call.operation.pathParameters.isEmpty {
            let holder = sysusers[SysuserID(call.pathID)]
            return holder?.sshkeys.compactMap { sshkeys[$0] } ?? []
        }
        return switch call.operation.kind {
        case .server: Array(servers.values)
        case .sshkey: Array(sshkeys.values)
        case .sysuser: Array(sysusers.values)
        case .app: Array(apps.values)
        case .db: Array(databases.values)
        case .dbuser, .action: []
        }
    }

    /// Returns the resource in the shape of a reply; null if it does not exist.
    func describe(_ kind: ResourceKind, _ id: String, as shape: Shape, at now: Timestamp) -> JSONValue {
        record(kind, id).map { describe($0, as: shape, at: now) } ?? .null
    }

    /// Returns the resource in the shape of a reply, its members in the shape's order.
    func describe(_ record: any Record, as shape: Shape, at now: Timestamp) -> JSONValue {
        var members = JSONObject()
        for name in shape.fields.map(\.name) {
            members[name] = record[name] ?? derived(name, of: record, at: now)
        }
        return .object(members)
    }

    /// Returns a member that is not stored in the record: it depends on other records or on the time.
    private func derived(_ field: String, of record: any Record, at now: Timestamp) -> JSONValue? {
        switch (field, record) {
        case ("status", let action as ActionRecord): .string(action.status(at: now).rawValue)
        case ("lastconn", let server as ServerRecord):
            server.lastConnection(at: now, moves: settings.rules.keeps(.lastconnMoves))
                .map { .integer($0.epochSeconds) } ?? .null
        case ("autossl", let app as AppRecord): app.autossl(at: now, settings)
        case ("sysusers", let key as SSHKeyRecord):
            .array(holders(of: key.id).map { $0.reply(as: .sysuser, adding: ["datecreated"]) })
        default: nil
        }
    }

    /// Returns the record of that kind and id; `nil` for a database user, which has no record of its own.
    func record(_ kind: ResourceKind, _ id: String) -> (any Record)? {
        switch kind {
        case .server: servers[ServerID(id)]
        case .sshkey: sshkeys[SSHKeyID(id)]
        case .sysuser: sysusers[SysuserID(id)]
        case .app: apps[AppID(id)]
        case .db: databases[DatabaseID(id)]
        case .action: actions[ActionID(id)]
        case .dbuser: nil
        }
    }

    /// Returns the system users that hold the key.
    func holders(of key: SSHKeyID) -> [SysuserRecord] { sysusers.values.filter { $0.sshkeys.contains(key) } }
}
