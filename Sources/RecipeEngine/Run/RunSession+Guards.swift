internal import OrderedCollections
internal import ServerPilot

/// What stands between a recipe and a change that it has not made yet.
extension RunSession {
    /// Lets a new change through, or stops the run.
    func admit(_ operation: ServerPilot.Operation, _ arguments: JSONObject) async throws(RecipeError) {
        try admitCount(operation, arguments)
        try await refuseRivalEdit(operation, arguments)
        guard operation.effect == .delete, let mayDelete else { return }
        let answer = await mayDelete(operation.name.rawValue, nameOfThing(arguments))
        guard answer == .yes else { throw stop(.unconfirmed(answer, deletion: Self.words(operation, arguments))) }
    }

    /// Counts a change, or stops the run where it would be one too many.
    func admitCount(_ operation: ServerPilot.Operation, _ arguments: JSONObject) throws(RecipeError) {
        let limit =
            operation.effect == .create ? limits.creations : operation.effect == .delete ? limits.deletions : nil
        guard let limit, countNew(operation.effect) > limit else { return }
        throw stop(.tooMany(effect: operation.effect, limit: limit, next: Self.words(operation, arguments)))
    }

    /// The call as people read it: `sp.create_app acmesite`.
    private static func words(_ operation: ServerPilot.Operation, _ arguments: JSONObject) -> String {
        "sp.\(operation.name)\(name(of: arguments).map { " \($0)" } ?? "")"
    }

    /// A list of domains replaces the one that is there: where that is not the one that the recipe has seen, somebody
    /// else's domain would be lost.
    private func refuseRivalEdit(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject
    ) async throws(RecipeError) {
        guard operation.name == "update_app", let wanted = arguments["domains"]?.arrayValue,
            let id = arguments["id"]?.stringValue, let known = knownDomains(of: id),
            let reading = ServerPilot.Operation.reading(.app),
            case .success(let app) = await look(reading, ["id": .string(id)])
        else { return }
        let present = Set(app["domains"]?.arrayValue ?? [])
        let lost = present.subtracting(known).subtracting(wanted).compactMap(\.stringValue).sorted()
        noteDomains(app, of: .app)
        guard !lost.isEmpty else { return }
        let name = app["name"]?.stringValue ?? id
        throw RecipeError(
            code: RecipeError.rivalEdit,
            message:
                "sp.update_app: somebody else has added \(lost.joined(separator: ", ")) to the app '\(name)' since "
                + "its domains were read; nothing was sent", operation: "update_app", object: id,
            hint: "sp.add_domains keeps what is there; or read the app again", token: "update_app")
    }
}
