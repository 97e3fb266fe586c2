internal import OrderedCollections
internal import ServerPilot

/// What the API does not say of a failure.
extension RunSession {
    /// Of a 404, which id does not exist, and whether it is the name of a resource: then the recipe meant its id.
    ///
    /// This takes a request that lists the resources; a failure for another reason stays as it is.
    func explained(
        _ failure: RecordedFailure, _ operation: ServerPilot.Operation, _ arguments: JSONObject
    ) async -> RecordedFailure {
        guard failure.status == 404 else { return failure }
        for parameter in operation.parameters {
            guard case .identifier(let kind) = parameter.type, let id = arguments[parameter.name]?.stringValue,
                let listing = ServerPilot.Operation.listing(kind),
                case .success(let things) = await look(listing, [:])
            else { continue }
            let known = things.arrayValue ?? []
            guard !known.contains(where: { $0["id"]?.stringValue == id }) else { continue }
            let isName = known.contains { $0["name"]?.stringValue == id }
            let spoken = "\(kind.article) \(kind.spokenName)"
            return failure.saying(
                "no \(kind.spokenName) has the id \"\(id.shown)\"" + (isName ? " (that is \(spoken)'s name)" : ""))
        }
        return failure
    }
}
