internal import Groundwork
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization

/// Loads the data that a call needs from the live account, on first use.
extension AccountOverlay {
    /// Returns the lists that contain everything that the call's rules check and its effect changes.
    private static func lists(for operation: Operation) -> [Operation.Name] {
        let isChange = operation.changesAccount
        switch operation.kind {
        case .server: return operation.effect == .delete ? ["servers", "sysusers", "apps", "dbs"] : ["servers"]
        case .sshkey: return ["sshkeys"]
        case .sysuser where !isChange: return ["sysusers"]
        case .sysuser:
            let needsKeys = operation.parameters.contains { $0.name == "sshkey_id" }
            return ["servers", "sysusers"] + (needsKeys ? ["sshkeys"] : [])
                + (operation.effect == .delete && operation.pathParameters.count == 1 ? ["apps", "dbs"] : [])
        case .app where !isChange: return ["apps"]
        case .app: return ["servers", "sysusers", "apps"] + (operation.name == "delete_app" ? ["dbs"] : [])
        case .db where !isChange: return ["dbs"]
        case .db, .dbuser: return ["servers", "sysusers", "apps", "dbs"]
        case .action: return []
        }
    }

    func fill(for call: Call) async throws(ServerPilotError) {
        for list in Self.lists(for: call.operation) { try await load(list, [:]) }
        let id = call.pathID
        switch call.operation.name {
        case "sysuser_sshkeys", "add_sysuser_sshkey", "remove_sysuser_sshkey":
            try await load("sshkeys", [:])
            guard isOriginal(id) else { return }
            try await load("sysuser_sshkeys", ["id": .string(id)])
        case "sshkey", "delete_sshkey":
            guard isOriginal(id) else { return }
            try await load("sysusers", [:])
            try await load("sshkey", ["id": .string(id)])
        case "app", "enable_autossl", "add_ssl", "force_ssl", "delete_ssl":
            guard isOriginal(id) else { return }
            try await load("app", ["id": .string(id)])
        // The lists of servers, system users and databases have the same members as their single replies (documented).
        default: return
        }
    }

    func isOriginal(_ id: String) -> Bool { state.withLock { $0.originals[id] != nil } }

    /// Reads from the live account once, and inserts the reply into the copy.
    ///
    /// Other callers wait for the reply meanwhile; see `SingleFlight`.
    private func load(_ name: Operation.Name, _ arguments: JSONObject) async throws(ServerPilotError) {
        let question = Self.question(name, arguments)
        do {
            try await loads.run(question) {
                isLoaded(question) ? () : nil
            } work: {
                if let error = await ask(name, arguments, question) { throw error }
                state.withLock { _ = $0.loaded.insert(question) }
            }
        } catch let error as ServerPilotError {
            throw error
        } catch {
            throw ServerPilotError(
                code: .cancelled, message: "cancelled while another call read the account", delivery: .notSent)
        }
    }

    private func isLoaded(_ question: String) -> Bool { state.withLock { $0.loaded.contains(question) } }

    /// Reads from the live account.
    ///
    /// - Returns: The error; `nil` if the read succeeded.
    private func ask(
        _ name: Operation.Name, _ arguments: JSONObject, _ question: String
    ) async -> ServerPilotError? {
        guard let operation = Operation.named(name), !operation.changesAccount else { return nil }
        state.withLock { $0.requests += 1 }
        do throws(ServerPilotError) {
            let data = operation.withoutHidden(try await live.call(operation, arguments).data)
            try take(data, of: operation, arguments)
            state.withLock { $0.answers[question] = data }
            return nil
        } catch  where error.code == .notFound {
            // The resource was deleted since its list was read. The copy keeps it as listed.
            state.withLock { $0.answers[question] = .null }
            return nil
        } catch {
            return error
        }
    }

    // MARK: Into the copy

    private func take(
        _ data: JSONValue, of operation: Operation, _ arguments: JSONObject
    ) throws(ServerPilotError) {
        let things = data.arrayValue ?? [data]
        switch operation.name {
        case "sysuser_sshkeys": return takeKeys(things, of: SysuserID(arguments["id"]?.stringValue ?? ""))
        case "servers", "server":
            try insert(things, .server, Server.init) { $0.servers[$1.id] = ServerRecord($1) }
        case "sshkeys": try insert(things, .sshkey, SSHKey.init) { $0.sshkeys[$1.id] = SSHKeyRecord($1) }
        case "sshkey":
            for key in try things.models(SSHKey.init) { takeHolders(of: key) }
        case "sysusers", "sysuser":
            try insert(things, .sysuser, Sysuser.init) { account, user in
                var record = SysuserRecord(
                    id: user.id, name: user.name, serverID: user.serverid, created: self.clock.now)
                record.sshkeys = account.sysusers[user.id]?.sshkeys ?? []
                account.sysusers[user.id] = record
            }
        case "apps", "app":
            let now = clock.now
            try insert(things, .app, App.init) { account, app in
                var random = self.state.withLock { $0.random }
                account.apps[app.id] = AppRecord(app, at: now, random: &random, account.settings)
                self.state.withLock { $0.random = random }
            }
        case "dbs", "db": try insert(things, .db, Database.init) { $0.databases[$1.id] = DatabaseRecord($1) }
        default: return
        }
        guard operation.name != "sshkey" else { return }
        remember(things, operation)
    }

    /// Inserts resources that the copy does not contain yet; resources changed here stay as they are.
    private func insert<Thing: Model>(
        _ things: [JSONValue], _ kind: ResourceKind, _ make: (JSONValue) throws(ServerPilotError) -> Thing,
        _ insert: @escaping (inout Account, Thing) -> Void
    ) throws(ServerPilotError) {
        let models = try things.models(make)
        let touched = touched.ids
        change { account in
            for (model, thing) in zip(models, things) {
                let id = thing["id"]?.stringValue ?? ""
                // A later read has more members. It replaces a resource only if the copy has neither changed nor
                // deleted it.
                let isAsItWas = !touched.contains(id) && account.record(kind, id) != nil
                guard !isOriginal(id) || isAsItWas else { continue }
                insert(&account, model)
            }
        }
    }

    /// Inserts data of the live account into the copy, without marking it as touched.
    func change(_ fill: (inout Account) -> Void) {
        simulated.change { account, _ in
            fill(&account)
            account.clearChanges()
        }
    }

    private func takeKeys(_ things: [JSONValue], of user: SysuserID) {
        let ids = things.compactMap { $0["id"]?.stringValue }.map { SSHKeyID($0) }
        change { account in account.sysusers[user]?.sshkeys = OrderedSet(ids) }
    }

    /// Records the holders of a key, except users whose keys were already loaded: the recipe may have detached the key
    /// since.
    private func takeHolders(of key: SSHKey) {
        let holders = (key.sysusers ?? []).filter { holder in
            let question = Self.question("sysuser_sshkeys", ["id": .string(holder.id.rawValue)])
            return !isLoaded(question)
        }
        change { account in
            for holder in holders where account.sysusers[holder.id]?.sshkeys.contains(key.id) == false {
                account.sysusers[holder.id]?.sshkeys.append(key.id)
            }
        }
    }

    /// Stores the live account's values of each resource together with the copy's values.
    private func remember(_ things: [JSONValue], _ operation: Operation) {
        guard let reading = Operation.reading(operation.kind), case .object(let shape) = reading.result else { return }
        let account = simulated.account
        let now = clock.now
        let touched = touched.ids
        let pairs = things.compactMap { thing -> (String, JSONObject, JSONObject)? in
            guard let live = thing.objectValue, let id = live["id"]?.stringValue, !touched.contains(id),
                let copied = account.describe(operation.kind, id, as: shape, at: now).objectValue
            else { return nil }
            return (id, live, copied)
        }
        state.withLock { state in
            for (id, live, copied) in pairs {
                let before = state.originals[id]?.live ?? [:]
                state.originals[id] = (before.merging(live) { $1 }, copied)
            }
        }
    }
}

extension [JSONValue] {
    fileprivate func models<Thing>(
        _ make: (JSONValue) throws(ServerPilotError) -> Thing
    ) throws(ServerPilotError) -> [Thing] {
        var things: [Thing] = []
        for element in self { things.append(try make(element)) }
        return things
    }
}
