internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// Which things of a list are wanted: those whose fields equal the filter's.
struct ListFilter {
    private var wanted: [(name: String, value: JSONValue)] = []

    /// Reads a filter: a table of fields, or nothing at all where it is optional.
    ///
    /// An empty table is no filter: `{ serverid = nil }` is one, and would match what it was meant to leave out.
    ///
    /// - Parameters:
    ///   - value: what was given.
    ///   - shape: of the things.
    ///   - function: which was called.
    ///   - listing: the call that lists all: `sp.apps()`.
    ///   - isOptional: whether nothing at all may be given.
    /// - Throws: `RecipeError` for another kind of value, for an empty table, and for a field that the things do not have.
    init(
        _ value: LuaValue, of shape: Shape, function: String, listing: String, isOptional: Bool
    ) throws(RecipeError) {
        if value.isNil, isOptional { return }
        guard case .table(let table) = value, table.array.isEmpty, table.sparse.isEmpty else {
            throw RecipeError(
                [
                    ArgumentProblem(
                        argument: "filter",
                        kind: .wrongType(
                            expected: "a table of fields, as in sp.\(function){ name = … }", given: value.typeName))
                ], of: function)
        }
        guard !table.isEmpty else {
            throw RecipeError(
                code: ServerPilotError.Code.invalidArguments.rawValue,
                message: "sp.\(function): the filter is empty: it has no field, or each of its fields is nil; "
                    + "\(listing) lists all", operation: function, hint: "this call was not sent", token: function)
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
                if let value = try JSONValue(field.value) { wanted.append((field.key, value)) }
            } catch {
                problems.append(
                    ArgumentProblem(
                        argument: field.key, kind: .wrongType(expected: "a plain value", given: error.found)))
            }
        }
        guard problems.isEmpty else { throw RecipeError(problems, of: function) }
    }

    /// The wanted values by field.
    var fields: JSONObject { JSONObject(wanted.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }) }

    /// Whether the thing has all the wanted values; a member that is not there counts as null.
    func matches(_ element: JSONValue) -> Bool {
        wanted.allSatisfy { name, value in (element[name] ?? .null) == value }
    }

    /// The filter in words, for messages: `name = "www1"`.
    var words: String {
        wanted.map { "\($0.name) = \($0.value.text())" }.joined(separator: ", ")
    }
}
