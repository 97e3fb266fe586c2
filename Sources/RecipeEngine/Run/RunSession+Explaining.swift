internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// Explanations that the API's failures lack.
extension RunSession {
    /// Adds to a 404 which id does not exist, and whether that id is the name of a resource.
    ///
    /// This takes a request that lists the resources. Other failures stay as they are.
    func explained(
        _ failure: StepFailure, _ operation: ServerPilot.Operation, _ arguments: JSONObject
    ) async -> StepFailure {
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
