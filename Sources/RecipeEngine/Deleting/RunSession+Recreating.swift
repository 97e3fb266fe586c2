internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// Deletion of the record of a server that never connected, so that it can be created again with a new key.
extension RunSession {
    /// Returns why the record of a server that this run created, and whose key was lost, must not be deleted; `nil` if
    /// nothing uses it.
    ///
    /// A server is kept if it has connected since, or has resources that this run did not create. The deletion counts
    /// toward limits like any other. A person who decided to recreate the server must confirm it; `sp.connect_server`,
    /// which recreates the record of its own lost reply, asks nobody.
    func obstacle(
        toDiscarding id: String, isDecided: Bool, _ change: AccountChange
    ) async throws(RecipeError) -> Result<String?, StepFailure> {
        let obstacle = await obstacle(toDeleting: id)
        guard case .success(nil) = obstacle else { return obstacle }
        let words = "server \(knowledge.name(ofID: id) ?? id), which never connected, to recreate it"
        try countRecreation(of: id, words, change)
        guard isDecided else { return .success(nil) }
        if let mayDelete = services.mayDelete {
            let answer = await mayDelete(PendingDeletion(operation: "delete_server", words: words, added: []))
            guard answer == .yes else { throw stop(.unconfirmed(answer, deletion: "deleting the \(words)")) }
        }
        // The server may have connected while the question was open.
        return await self.obstacle(toDeleting: id)
    }

    /// Refuses to replace the record of a server in use.
    func expectUnused(_ change: AccountChange) async throws(RecipeError) {
        guard let id = change.arguments["id"]?.stringValue else { return }
        let use: String?
        do throws(ServerPilotError) { use = try await self.use(ofServer: id) } catch {
            // A deletion of a missing record reports that itself.
            guard error.code != .notFound else { return }
            throw RecipeError(error, object: change.object)
        }
        guard let use else { return }
        throw RecipeError(
            code: RecipeError.rivalEdit, message: "sp.\(change.operation.name): \(use); nothing was deleted",
            operation: change.operation.name.rawValue, object: id,
            hint: "the server is in use: keep it, or delete it in ServerPilot")
    }

    /// Counts the deletion of a record that is recreated; stops the run if that exceeds a limit.
    private func countRecreation(of id: String, _ words: String, _ change: AccountChange) throws(RecipeError) {
        if let (realm, limit) = change.realm.count(.delete, in: change.step.place) {
            throw stop(.passesLimit(of: realm, effect: .delete, limit: limit, next: "sp.delete_server \(id)"))
        }
        if let limit = limits.deletions, tally.countDeletion(1, at: change.step) > limit {
            throw stop(.tooMany(effect: .delete, limit: limit, next: "deleting the \(words)"))
        }
    }

    private func obstacle(toDeleting id: String) async -> Result<String?, StepFailure> {
        do throws(ServerPilotError) { return .success(try await use(ofServer: id)) } catch {
            return .failure(StepFailure(error))
        }
    }

    /// Returns the evidence that a server is in use; `nil` if it never connected and has only resources that this run
    /// created.
    private func use(ofServer id: String) async throws(ServerPilotError) -> String? {
        guard let reading = ServerPilot.Operation.reading(.server) else { return "the server cannot be read" }
        let server = try await look(reading, ["id": .string(id)]).get()
        let name = server["name"]?.stringValue ?? id
        guard server["lastconn"] == .null, server["lastaddress"] == .null else {
            let address = server["lastaddress"]?.stringValue.map { " from \($0)" } ?? ""
            return "the server \(name) (\(id)) has connected\(address)"
        }
        let others = try await cascade(.server, ["id": .string(id)], isFresh: true).fallen.filter {
            !knowledge.hasMade($0.id)
        }
        guard others.isEmpty else {
            let words = Cascade.words(others.map { ($0.kind.spokenName, $0.name) })
            return "the server \(name) (\(id)) never connected, but has \(words)"
        }
        return nil
    }
}
