internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// Checks of a deletion before its request: its cascade is read, counted, shown, and compared right before sending.
extension RunSession {
    /// Admits a deletion, or stops the run.
    ///
    /// A cascade that a plan or an earlier execution has shown is compared right before the request, and not here.
    func admitDeletion(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, at step: StepID
    ) async throws(RecipeError) -> DeletionConsent {
        if let shown = shownConsent(at: step) { return shown }
        if let planned = following?.fallen(at: step) { return DeletionConsent(shown: planned) }
        let isWatched = services.mayDelete != nil || limits.deletions != nil
        guard isWatched || (steps.isOn && operation.removesResource) else { return DeletionConsent() }
        var cascade: Cascade?
        do throws(ServerPilotError) {
            if isWatched { try await readName(operation, arguments) }
            if operation.removesResource {
                cascade = try await self.cascade(operation.kind, arguments, isFresh: isWatched)
            }
        } catch {
            throw RecipeError(error.beforeDeleting(operation), object: AccountKnowledge.name(in: arguments))
        }
        let words = cascade?.words ?? subject(of: operation, arguments, name: knowledge.spokenName(arguments) ?? "?")
        try count(cascade?.count ?? 1, words, of: operation, at: step)
        guard let mayDelete = services.mayDelete else { return DeletionConsent(cascade: cascade) }
        let answer = await mayDelete(PendingDeletion(operation: operation.name.rawValue, words: words, added: []))
        guard answer == .yes else {
            throw stop(.unconfirmed(answer, deletion: "sp.\(operation.name) deletes \(words): this"))
        }
        return DeletionConsent(cascade: cascade, shown: cascade?.fallenIDs ?? [])
    }

    /// Returns the consent to the cascade that an earlier intent lists, or that a stop after it has shown.
    func consent(recordedIn intent: Entry.Intent, at step: StepID) -> DeletionConsent {
        // An intent without a list allows no other resource to be deleted.
        shownConsent(at: step) ?? DeletionConsent(shown: Set(intent.falls ?? []))
    }

    private func shownConsent(at step: StepID) -> DeletionConsent? {
        steps.shownFalls(at: step).map { DeletionConsent(shown: $0, isConfirmed: services.mayDelete == nil) }
    }

    /// Compares the current cascade with the confirmed cascade right before sending; if it has grown, asks again or
    /// stops the run.
    ///
    /// - Parameters:
    ///   - consent: the consent so far.
    ///   - change: the deletion.
    ///   - wasSent: whether an earlier request may have been executed.
    /// - Returns: the consent to the current cascade.
    /// - Throws: `RecipeError` if the run is stopped or the cascade could not be read.
    func check(
        _ consent: DeletionConsent, _ change: AccountChange, wasSent: Bool
    ) async throws(RecipeError) -> DeletionConsent {
        guard let shown = consent.shown, change.operation.removesResource else {
            // No person was shown anything; a repeated request must not remove more than the intent lists.
            return DeletionConsent(cascade: consent.cascade, shown: consent.cascade?.fallenIDs)
        }
        var (allowed, isConfirmed) = (shown, consent.isConfirmed)
        for _ in 0..<RunLimits.deletionQuestions {
            let cascade: Cascade
            do throws(ServerPilotError) {
                cascade = try await self.cascade(change.operation.kind, change.arguments, isFresh: true)
            } catch {
                guard !wasSent else {
                    throw stop(.step(.unfinished(StepFailure(error), call: change.words)))
                }
                throw RecipeError(error.beforeDeleting(change.operation), object: change.object)
            }
            try count(cascade.count, cascade.words, of: change.operation, at: change.step)
            let added = cascade.fallen.filter { !allowed.contains($0.id) }
            if added.isEmpty, isConfirmed { return DeletionConsent(cascade: cascade, shown: allowed) }
            try await ask(about: added, of: cascade, change)
            (allowed, isConfirmed) = (cascade.fallenIDs, true)
        }
        throw stop(
            .unconfirmed(
                .nobody,
                deletion: "sp.\(change.operation.name) finds more resources on each read: the deletion"))
    }

    /// Asks about a deletion that would remove more than was confirmed.
    ///
    /// If no person can be asked, it records the cascade as shown and stops the run.
    private func ask(
        about added: [Cascade.Resource], of cascade: Cascade, _ change: AccountChange
    ) async throws(RecipeError) {
        let name = change.operation.name
        let pending = PendingDeletion(operation: name.rawValue, words: cascade.words, added: added)
        switch await services.mayDelete?(pending) ?? .nobody {
        case .yes: return
        case .no: throw stop(.unconfirmed(.no, deletion: "sp.\(name) deletes \(cascade.words): the deletion"))
        case .nobody:
            let new = Cascade.words(added.map { ($0.kind.spokenName, $0.name) })
            let found = added.isEmpty ? "the deletion is not confirmed yet" : "\(new) appeared after the confirmation"
            let undecided = Undecided(
                reason: "deletes \(cascade.words); \(found). Nothing was sent", choices: [.yes, .skip])
            let stop = await steps.stop(undecided, change, falls: DeletionConsent(cascade: cascade).falls)
            throw recipeError(stop) { RecipeError($0) }
        }
    }

    /// Counts what a deletion removes, and stops the run if that exceeds the limit.
    private func count(
        _ count: Int, _ words: String, of operation: ServerPilot.Operation, at step: StepID
    ) throws(RecipeError) {
        guard let limit = limits.deletions, tally.countDeletion(count, at: step) > limit else { return }
        let subject = "sp.\(operation.name) deletes \(words), which"
        throw stop(.tooMany(effect: .delete, limit: limit, next: subject))
    }

    // MARK: Reading

    /// Returns what a deletion removes.
    ///
    /// - Parameters:
    ///   - kind: the kind of the resource to delete.
    ///   - arguments: the arguments of the call.
    ///   - isFresh: whether to read all lists now; otherwise recent lists suffice.
    /// - Returns: the resource with the resources deleted with it.
    /// - Throws: `ServerPilotError`.
    func cascade(
        _ kind: ResourceKind, _ arguments: JSONObject, isFresh: Bool
    ) async throws(ServerPilotError) -> Cascade {
        let id = arguments["id"]?.stringValue ?? ""
        var lists: [(ServerPilot.Operation, [JSONValue])] = []
        for listing in ServerPilot.Operation.fallingLists(with: kind) {
            if !isFresh, let known = knowledge.recentList(listing.name) {
                lists.append((listing, known))
                continue
            }
            lists.append((listing, try await look(listing, [:]).get().arrayValue ?? []))
        }
        return Cascade(Cascade.Resource(kind: kind, id: id, name: knowledge.name(ofID: id) ?? id), in: lists)
    }

    /// Reads the resource of a deletion, unless a list has already shown its name.
    private func readName(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject
    ) async throws(ServerPilotError) {
        guard let id = arguments["id"]?.stringValue, knowledge.name(ofID: id) == nil,
            let reading = ServerPilot.Operation.reading(operation.kind)
        else { return }
        _ = try await look(reading, ["id": .string(id)]).get()
    }

    /// Returns the subject of a change in words: `app shop`, or for a part `SSL of app shop`,
    /// `SSH key laptop of system user acme`.
    func subject(of operation: ServerPilot.Operation, _ arguments: JSONObject, name: String) -> String {
        let owner = "\(operation.kind.spokenName) \(name)"
        if operation.isAboutSSL { return "SSL of \(owner)" }
        guard operation.effect != .create, let key = arguments["sshkey_id"]?.stringValue else { return owner }
        return "SSH key \(self.knowledge.name(ofID: key) ?? key) of \(owner)"
    }
}

extension ServerPilotError {
    /// Returns the same failure, of a read before a deletion: nothing was deleted.
    fileprivate func beforeDeleting(_ operation: ServerPilot.Operation) -> ServerPilotError {
        let isMissing = code == .notFound
        let reason = "nothing was deleted, because the list of resources to delete could not be read: \(message)"
        return ServerPilotError(
            code: code, message: isMissing ? message : reason, status: status, operation: operation.name,
            delivery: .notSent)
    }
}
