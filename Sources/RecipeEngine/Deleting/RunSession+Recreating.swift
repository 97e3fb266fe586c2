internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// Deletion of the record of a server that never connected, so that it can be created again with a new key.
extension RunSession {
    /// Deletes a server record that this run created and whose key was lost.
    ///
    /// A server is kept if it has connected since, or has resources that this run did not create. The deletion counts
    /// toward limits like any other. A person who decided to recreate the server must confirm it; `sp.connect_server`,
    /// which recreates the record of its own lost reply, asks nobody.
    func deleteUnconnected(
        _ id: String, _ executor: EffectExecutor, _ effect: Effect
    ) async throws(RecipeError) -> EffectExecutor.Event {
        guard let operation = ServerPilot.Operation.named("delete_server") else { return .kept(reason: "internal") }
        if let obstacle = await obstacle(toDeleting: id) { return obstacle }
        let words = "server \(name(ofID: id) ?? id), which never connected, to make it again"
        try countRecreation(of: id, words, effect)
        if executor.decision != nil {
            try await confirmRecreation(words, operation)
            // The server may have connected while the question was open.
            if let obstacle = await obstacle(toDeleting: id) { return obstacle }
        }
        // Include `before`: this intent replaces the intent of the creation.
        let evidence = Entry.Intent.Evidence.recreation(deletes: id, before: executor.before.sorted())
        let permit = try await commitIntent(effect.intent(evidence, attempt: executor.attempt))
        let began = time.steady
        let arguments: JSONObject = ["id": .string(id)]
        let event = try await sent(operation, arguments, permit)
        if case .replied(let reply) = event { note(reply, of: operation, arguments, sent: began) }
        return event
    }

    /// Refuses to replace the record of a server in use.
    func expectUnused(_ effect: Effect) async throws(RecipeError) {
        guard let id = effect.arguments["id"]?.stringValue else { return }
        let use: String?
        do throws(ServerPilotError) { use = try await self.use(ofServer: id) } catch {
            // A deletion of a missing record reports that itself.
            guard error.code != .notFound else { return }
            throw RecipeError(error, object: effect.object)
        }
        guard let use else { return }
        throw RecipeError(
            code: RecipeError.rivalEdit, message: "sp.\(effect.operation.name): \(use); nothing was deleted",
            operation: effect.operation.name.rawValue, object: id,
            hint: "the server is in use: take it as it is, or delete it by hand")
    }

    /// Counts the deletion of a record that is recreated; stops the run if that exceeds a limit.
    private func countRecreation(of id: String, _ words: String, _ effect: Effect) throws(RecipeError) {
        if let (realm, limit) = effect.realm.count(.delete, in: effect.step.place) {
            throw stop(.passesLimit(of: realm, effect: .delete, limit: limit, next: "sp.delete_server \(id)"))
        }
        if let limit = limits.deletions, countDeletion(1, at: effect.step) > limit {
            throw stop(.tooMany(effect: .delete, limit: limit, next: "deleting the \(words) would delete more"))
        }
    }

    private func confirmRecreation(_ words: String, _ operation: ServerPilot.Operation) async throws(RecipeError) {
        guard let mayDelete else { return }
        let answer = await mayDelete(PendingDeletion(operation: operation.name.rawValue, words: words, added: []))
        guard answer == .yes else { throw stop(.unconfirmed(answer, deletion: "deleting the \(words)")) }
    }

    /// Returns the event if the deletion must not be sent: the server is in use, or could not be read.
    private func obstacle(toDeleting id: String) async -> EffectExecutor.Event? {
        do throws(ServerPilotError) {
            return try await use(ofServer: id).map { .kept(reason: $0) }
        } catch {
            return .failed(RecordedFailure(error))
        }
    }

    /// Returns the evidence that a server is in use; `nil` if it never connected and has only resources that this run
    /// created.
    private func use(ofServer id: String) async throws(ServerPilotError) -> String? {
        guard let reading = ServerPilot.Operation.reading(.server) else { return "it cannot be read" }
        let server = try await look(reading, ["id": .string(id)]).get()
        let name = server["name"]?.stringValue ?? id
        guard server["lastconn"] == .null, server["lastaddress"] == .null else {
            let address = server["lastaddress"]?.stringValue.map { " from \($0)" } ?? ""
            return "the server \(name) (\(id)) has connected\(address)"
        }
        let others = try await cascade(.server, ["id": .string(id)], isFresh: true).fallen.filter { !hasMade($0.id) }
        guard others.isEmpty else {
            let words = Cascade.words(others.map { ($0.kind.spokenName, $0.name) })
            return "the server \(name) (\(id)) never connected, and has \(words)"
        }
        return nil
    }
}
