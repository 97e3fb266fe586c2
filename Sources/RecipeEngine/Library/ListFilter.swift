internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot

/// A filter for the resources of a list: it selects those whose fields equal its own.
struct ListFilter {
    /// The values of the filter, by field.
    private(set) var fields = JSONObject()

    /// Reads a filter: a table of fields, or `nil` if it is optional.
    ///
    /// An empty table is refused: `{ serverid = nil }` is empty, and would match resources that it was meant to
    /// exclude.
    ///
    /// - Parameters:
    ///   - value: the given value.
    ///   - shape: the shape of the resources.
    ///   - function: the function that was called.
    ///   - listing: the call that lists all resources: `sp.apps()`.
    ///   - isOptional: whether the filter may be missing.
    /// - Throws: `RecipeError` for another type of value, for an empty table, and for a field that the resources do not
    ///   have.
    init(
        _ value: LuaValue, of shape: Shape, function: String, listing: String, isOptional: Bool
    ) throws(RecipeError) {
        if value.isNil, isOptional { return }
        guard case .table(let table) = value, table.array.isEmpty, table.sparse.isEmpty else {
            let expected = "a table of fields, as in sp.\(function){ name = … }"
            throw RecipeError([ArgumentProblem("filter", expected: expected, given: value.typeName)], of: function)
        }
        guard !table.isEmpty else {
            throw RecipeError(
                ServerPilotError.Code.invalidArguments.rawValue, in: "sp.\(function)",
                "the filter is empty: it has no fields, or all its fields are nil. Use \(listing) to list all",
                hint: "this call sent nothing")
        }
        let known = shape.fields.map(\.name)
        var problems: [ArgumentProblem] = []
        for field in table.fields {
            guard known.contains(field.key) else {
                if problems.count < OperationArguments.mostUnknown {
                    problems.append(ArgumentProblem(argument: field.key.shown, kind: .unknown(known: known)))
                }
                continue
            }
            do throws(UnsendableValue) {
                if let value = try JSONValue(field.value) { fields[field.key] = value }
            } catch {
                problems.append(
                    ArgumentProblem(field.key, expected: "a string, number or boolean", given: error.found))
            }
        }
        guard problems.isEmpty else { throw RecipeError(problems, of: function) }
    }

    /// Returns whether a resource has all values of the filter; a missing member counts as null.
    func matches(_ element: JSONValue) -> Bool {
        fields.allSatisfy { name, value in (element[name] ?? .null) == value }
    }

    /// The filter in words, for messages: `name = "www1"`.
    var words: String {
        fields.map { "\($0.key) = \($0.value.text())" }.joined(separator: ", ")
    }
}
