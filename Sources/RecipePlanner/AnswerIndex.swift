internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// An index of lists that answers narrow questions without a scan of the whole list for each.
struct AnswerIndex {
    private struct Place: Hashable {
        let listing: ServerPilot.Operation.Name
        let field: String
    }

    private var places: [Place: [JSONValue: [JSONValue]]] = [:]

    /// Returns the answer to a question, out of the account's reply.
    mutating func answer(_ reading: PlanReading, in data: JSONValue) -> JSONValue {
        // SSH keys are compared without their comments, not by value. The keys of a single system user are few.
        guard case .array(let things) = data, reading.arguments.isEmpty, reading.filter["public_key"] == nil,
            let (field, wanted) = reading.filter.elements.first(where: { $0.key == "id" || $0.key == "name" })
                ?? reading.filter.elements.first
        else { return reading.answer(in: data) }
        let place = Place(listing: reading.operation, field: field)
        let index = places[place] ?? Dictionary(grouping: things) { $0[field] ?? .null }
        places[place] = index
        return reading.answer(in: .array(index[wanted] ?? []))
    }
}
