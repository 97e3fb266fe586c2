internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// Finds in long lists what narrow questions ask for, without going through a list for each of them.
struct AnswerIndex {
    private struct Place: Hashable {
        let listing: ServerPilot.Operation.Name
        let field: String
    }

    private var places: [Place: [JSONValue: [JSONValue]]] = [:]

    /// The answer to a question, out of what the account said.
    mutating func answer(_ reading: PlanReading, in data: JSONValue) -> JSONValue {
        // SSH keys are compared without their comments, not by value; and one system user's keys are few.
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
