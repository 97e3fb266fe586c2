internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// Checks before a recipe's new change.
extension RunSession {
    /// Admits a new change, or stops the run.
    ///
    /// - Returns: for a deletion, its confirmation.
    func admit(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, at step: StepID
    ) async throws(RecipeError) -> DeletionConsent? {
        switch operation.effect {
        case .delete: return try await admitDeletion(operation, arguments, at: step)
        case .create:
            guard let limit = limits.creations, tally.countCreation() > limit else { return nil }
            let name = AccountKnowledge.name(in: arguments).map { " \($0)" } ?? ""
            throw stop(.tooMany(effect: .create, limit: limit, next: "sp.\(operation.name)\(name)"))
        case .read, .update:
            try await refuseRivalEdit(operation, arguments)
            warnOfCertificates(operation, arguments)
            return nil
        }
    }

    /// Warns about domains of an app that will have no certificate; a plan has these warnings itself.
    private func warnOfCertificates(_ operation: ServerPilot.Operation, _ arguments: JSONObject) {
        guard planning == nil, operation.kind == .app, let id = arguments["id"]?.stringValue else { return }
        let app = knowledge.knownApp(id)
        let warnings = CertificateWarnings(now: time.now).warnings(
            of: operation.name, arguments, app: app, called: app?["name"]?.stringValue ?? id)
        for warning in warnings where output.isNew(warning: warning) { output.emit(.warned(warning)) }
    }

    /// Refuses to replace an app's domains if that would remove a domain that another client has added.
    ///
    /// The list of an update replaces the whole list. The recipe has not seen the added domain, so it would be lost.
    private func refuseRivalEdit(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject
    ) async throws(RecipeError) {
        guard operation.name == "update_app", let wanted = arguments["domains"]?.arrayValue,
            let id = arguments["id"]?.stringValue, let known = knowledge.knownApp(id)?["domains"]?.arrayValue,
            let reading = ServerPilot.Operation.reading(.app),
            case .success(let app) = await look(reading, ["id": .string(id)])
        else { return }
        let present = Set(app["domains"]?.arrayValue ?? [])
        let lost = present.subtracting(known).subtracting(wanted).compactMap(\.stringValue).sorted()
        knowledge.noteApps(app, of: .app)
        guard !lost.isEmpty else { return }
        let name = app["name"]?.stringValue ?? id
        throw RecipeError(
            RecipeError.rivalEdit, in: "sp.update_app",
            "another client added \(lost.joined(separator: ", ")) to the app '\(name)' after the recipe read its "
                + "domains. Nothing was sent",
            object: id, hint: "use sp.add_domains, which keeps the other domains, or read the app again")
    }
}
