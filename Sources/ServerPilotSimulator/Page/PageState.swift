internal import Groundwork
internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot

/// The content of the page as JSON: the account without secrets, the actions, the last requests.
struct PageState {
    /// The maximum number of listed resources of each kind: more would only make the page slow.
    private enum Limits {
        static let servers = 500
        static let sysusers = 2000
        static let apps = 2000
        static let databases = 2000
        static let sshkeys = 500
        /// The maximum number of open actions.
        static let openActions = 200
        /// The maximum number of ended actions, the latest first.
        static let endedActions = 20
    }

    let account: Account
    let now: Timestamp
    /// The speed of the simulation's time relative to real time.
    let speed: Double
    let requests: [RequestRecord]

    /// The content without the current time; if it is unchanged, the page has nothing new to show.
    var content: JSONObject {
        let open = account.actions.values.filter { $0.status(at: now) == .open }
        return [
            "format_version": 1,
            "speed": .double(speed),
            "counts": [
                "servers": count(account.servers), "sysusers": count(account.sysusers), "apps": count(account.apps),
                "dbs": count(account.databases), "sshkeys": count(account.sshkeys),
                "open_actions": .integer(Int64(open.count)),
                "requests": .integer(Int64(requests.first?.number ?? 0)),
            ],
            "servers": list(account.servers, Limits.servers, server),
            "sysusers": list(account.sysusers, Limits.sysusers, sysuser),
            "apps": list(account.apps, Limits.apps, app),
            "dbs": list(account.databases, Limits.databases, database),
            "sshkeys": list(account.sshkeys, Limits.sshkeys) { $0.members(["id", "name", "sha256_fingerprint"]) },
            "actions": .array(actions(open).map(action)),
            "requests": .array(requests.map(request)),
            "omitted": .object(omitted),
        ]
    }

    private func count<ID, Row>(_ table: RecordTable<ID, Row>) -> JSONValue { .integer(Int64(table.count)) }

    private func list<ID, Row>(
        _ table: RecordTable<ID, Row>, _ most: Int, _ describe: (Row) -> JSONValue
    ) -> JSONValue {
        .array(table.values.prefix(most).map(describe))
    }

    private var omitted: JSONObject {
        let counts = [
            ("servers", account.servers.count - Limits.servers),
            ("sysusers", account.sysusers.count - Limits.sysusers), ("apps", account.apps.count - Limits.apps),
            ("dbs", account.databases.count - Limits.databases), ("sshkeys", account.sshkeys.count - Limits.sshkeys),
        ]
        var omitted: JSONObject = [:]
        for (name, more) in counts where more > 0 { omitted[name] = .integer(Int64(more)) }
        return omitted
    }

    private func server(_ server: ServerRecord) -> JSONValue {
        server.members(
            ["id", "name", "plan", "lastaddress"],
            adding: [
                "lastconn": account.describe(server, as: .server, at: now)["lastconn"] ?? .null,
                "newest_runtime": server.runtimes.last.map { .string($0) } ?? .null,
            ])
    }

    private func sysuser(_ user: SysuserRecord) -> JSONValue {
        user.members(["id", "name", "serverid"], adding: ["sshkeys": .integer(Int64(user.sshkeys.count))])
    }

    private func app(_ app: AppRecord) -> JSONValue {
        let isAvailable = app.ssl == nil && !app.autoSSLDomains(at: now, account.settings).isEmpty
        return app.members(
            ["id", "name", "sysuserid", "serverid", "runtime", "domains"],
            adding: [
                "ssl": app.ssl.map { .string($0.auto ? "auto" : "custom") } ?? .null,
                "force": .bool(app.ssl?.force ?? false), "autossl_available": .bool(isAvailable),
                "wordpress": .bool(app.hasWordPress),
            ])
    }

    private func database(_ database: DatabaseRecord) -> JSONValue {
        database.members(["id", "name", "appid", "serverid"], adding: ["user": .string(database.user.name)])
    }

    /// Returns the open actions, then the actions that ended last.
    private func actions(_ open: [ActionRecord]) -> [ActionRecord] {
        let ended = account.actions.values.suffix(Limits.openActions).filter { $0.status(at: now) != .open }
        let last = ended.sorted { ($0.end ?? now) > ($1.end ?? now) }.prefix(Limits.endedActions)
        return Array(open.prefix(Limits.openActions)) + last
    }

    private func action(_ action: ActionRecord) -> JSONValue {
        let begin = action.end.map { Timestamp(sinceEpoch: $0.sinceEpoch - action.duration) }
        return action.members(
            ["id", "serverid", "datecreated"],
            adding: [
                "operation": .string(action.operation.rawValue), "status": .string(action.status(at: now).rawValue),
                "begins": begin.map(\.json) ?? .null, "ends": action.end.map(\.json) ?? .null,
            ])
    }

    private func request(_ record: RequestRecord) -> JSONValue {
        [
            "number": .integer(Int64(record.number)), "time": record.time.json,
            "method": .string(record.method.rawValue), "path": .string(record.path),
            "operation": record.operation.map { .string($0.rawValue) } ?? .null,
            "status": .integer(Int64(record.status)), "rule": record.ruleID.map { .string($0) } ?? .null,
            "faults": .array(record.faults.map { .string($0) }),
            "milliseconds": .double((record.duration.inSeconds * 1_000_000 / speed).rounded() / 1000),
        ]
    }
}

extension Record {
    fileprivate func members(_ names: [String], adding more: JSONObject = [:]) -> JSONValue {
        var members: JSONObject = [:]
        for name in names { members[name] = self[name] ?? .null }
        return .object(members.merging(more) { $1 })
    }
}

extension Timestamp {
    /// The time in seconds since the epoch, to the millisecond.
    fileprivate var json: JSONValue { .double((sinceEpoch.inSeconds * 1000).rounded() / 1000) }
}
