internal import Groundwork
internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// Reads and changes of the copy.
extension AccountOverlay {
    func read(_ call: Call, _ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        var response = try await simulated.transport.send(request)
        guard response.status == .ok, let reply = try? JSONValue(bytes: response.body), var members = reply.objectValue,
            let data = members["data"]
        else { return response }
        members["data"] = data.arrayValue.map { .array($0.map(faithful)) } ?? faithful(data)
        response.body = JSONValue.object(members).bytes
        return response
    }

    /// Returns a list of the live account, with touched resources in their current state and new resources at the end.
    func currentList(_ operation: Operation, _ shape: Shape) -> [JSONValue] {
        let times = touched.times
        var list =
            state.withLock { $0.lists.removeValue(forKey: operation.name) }
            ?? OverlayList(answer(operation.name, [:])?.arrayValue ?? [])
        if list.times != times {
            let account = simulated.account
            let now = clock.now
            list.update(touched.ids, times) { id in
                account.record(operation.kind, id).map { faithful(account.describe($0, as: shape, at: now)) }
            }
        }
        state.withLock { $0.lists[operation.name] = list }
        return list.things
    }

    func wasChanged(_ id: String) -> Bool { touched.ids.contains(id) }

    /// Returns a resource of the copy with the live account's values, except where the copy changed them.
    private func faithful(_ thing: JSONValue) -> JSONValue {
        guard case .object(let members) = thing, let id = members["id"]?.stringValue,
            let original = state.withLock({ $0.originals[id] })
        else { return thing }
        var result = JSONObject()
        for (name, value) in members {
            result[name] = original.copied[name] == value ? original.live[name] ?? value : value
        }
        for (name, value) in original.live where original.copied[name] == nil { result[name] = value }
        return .object(result)
    }

    func change(_ call: Call, _ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        let account = simulated.account
        let now = clock.now
        let before = describe(call, account, at: now)
        let response = try await simulated.transport.send(request)
        guard response.status == .ok, let reply = try? JSONValue(bytes: response.body) else { return response }
        let after = simulated.account
        let action = reply["actionid"]?.stringValue.flatMap { after.actions[ActionID($0)] }
        let serverID =
            action?.serverID.rawValue ?? reply["data"]?["serverid"]?.stringValue ?? before?["serverid"]?.stringValue
            ?? call.text("serverid") ?? (call.operation.kind == .server ? before?["id"]?.stringValue : nil)
        let created = call.operation.name == "create_server" ? call.text("name") : nil
        let change = OverlayChange(
            operation: call.operation.name, arguments: call.arguments, before: before,
            server: created ?? serverID.flatMap { account.servers[ServerID($0)]?.name },
            fallen: call.operation.effect == .delete ? Self.fallen(account, after, but: call.pathID) : [],
            neighbours: neighbours(call, account), work: action?.end.map { $0 - now })
        state.withLock { $0.changes.append(change) }
        return response
    }

    private func describe(_ call: Call, _ account: Account, at now: Timestamp) -> JSONValue? {
        guard call.operation.effect != .create, let reading = Operation.reading(call.operation.kind),
            case .object(let shape) = reading.result
        else { return nil }
        let thing = account.describe(call.operation.kind, call.pathID, as: shape, at: now)
        return thing == .null ? nil : reading.withoutHidden(faithful(thing))
    }

    /// Returns the resources deleted along with that resource, except ServerPilot's own user, which is part of its
    /// server.
    private static func fallen(_ before: Account, _ after: Account, but id: String) -> [OverlayChange.Fallen] {
        var fallen: [OverlayChange.Fallen] = []
        for user in before.sysusers.values
        where after.sysusers[user.id] == nil && user.id.rawValue != id && user.name != SysuserRecord.serverPilotName {
            fallen.append(OverlayChange.Fallen(kind: .sysuser, id: user.id.rawValue, name: user.name))
        }
        for app in before.apps.values where after.apps[app.id] == nil && app.id.rawValue != id {
            fallen.append(OverlayChange.Fallen(kind: .app, id: app.id.rawValue, name: app.name))
        }
        for database in before.databases.values
        where after.databases[database.id] == nil && database.id.rawValue != id {
            fallen.append(OverlayChange.Fallen(kind: .db, id: database.id.rawValue, name: database.name))
        }
        return fallen
    }

    /// Returns other apps of the server with the old or the new runtime: its PHP-FPM restarts for them too
    /// (production).
    private func neighbours(_ call: Call, _ account: Account) -> [String] {
        guard let runtime = call.text("runtime") else { return [] }
        let app = account.apps[AppID(call.pathID)]
        let serverID = app?.serverID ?? account.sysusers[SysuserID(call.text("sysuserid") ?? "")]?.serverID
        let touched = Set([runtime, app?.runtime ?? runtime])
        return account.apps.values.filter {
            $0.serverID == serverID && touched.contains($0.runtime) && $0.id != app?.id
        }.map(\.name)
    }
}
