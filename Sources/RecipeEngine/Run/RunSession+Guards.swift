internal import OrderedCollections
internal import ServerPilot

/// What stands between a recipe and a change that it has not made yet.
extension RunSession {
    /// Lets a new change through, or stops the run.
    func admit(_ operation: ServerPilot.Operation, _ arguments: JSONObject) async throws(RecipeError) {
        let words = "sp.\(operation.name)\(Self.name(of: arguments).map { " \($0)" } ?? "")"
        let limit =
            operation.effect == .create ? limits.creations : operation.effect == .delete ? limits.deletions : nil
        if let limit, countNew(operation.effect) > limit {
            throw stop(.tooMany(effect: operation.effect, limit: limit, next: words))
        }
        guard operation.effect == .delete, let mayDelete else { return }
        let answer = await mayDelete(operation.name.rawValue, nameOfThing(arguments))
        guard answer == .yes else { throw stop(.unconfirmed(answer, deletion: words)) }
    }
}
