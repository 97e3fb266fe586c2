internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot

/// A function for each operation, under the operation's name.
extension SPLibrary {
    var operationFunctions: [HostFunction] { ServerPilot.Operation.all.map(function) }

    private func function(_ operation: ServerPilot.Operation) -> HostFunction {
        HostFunction(
            operation.name.rawValue, parameters: Self.parameters(of: operation), results: Self.results(of: operation),
            documentation: operation.documentation,
            async: { call in
                let scope = StepScope(session, call, realm)
                if case .list(let shape) = operation.result {
                    return [try await Self.list(operation, shape, call.arguments, scope)]
                }
                let arguments = try OperationArguments.read(call.arguments, of: operation, for: session)
                let reply = try await scope.call(operation, arguments)
                return Self.luaResults(reply, of: operation)
            })
    }

    /// Returns the object of a read, object and action of a create or update, or the action of a call without an
    /// object.
    static func luaResults(_ reply: Reply, of operation: ServerPilot.Operation) -> [LuaValue] {
        let action: LuaValue = reply.actionID.map { .string($0.rawValue) } ?? .nil
        switch operation.result {
        case .nothing: return [action]
        default:
            let object = LuaValue(operation.withoutHidden(reply.data))
            return operation.changesAccount ? [object, action] : [object]
        }
    }

    /// Returns the list of the resources that match the filter, which is the last argument.
    static func list(
        _ operation: ServerPilot.Operation, _ shape: Shape, _ arguments: LuaArguments, _ scope: StepScope
    ) async throws(RecipeError) -> LuaValue {
        let position = operation.pathParameters.count
        var pathArguments = arguments
        pathArguments.values = Array(arguments.values.prefix(position))
        let values = try OperationArguments.read(pathArguments, of: operation, for: scope.session)
        let filter = try ListFilter(
            arguments[position], of: shape, function: operation.name.rawValue, listing: listingCall(operation),
            isOptional: true)
        let reply = try await scope.call(operation, values, matching: filter.fields)
        let data = operation.withoutHidden(reply.data)
        guard !filter.fields.isEmpty, case .array(let elements) = data else { return LuaValue(data) }
        return .table(LuaTable(list: elements.filter(filter.matches).map { LuaValue($0) }))
    }

    /// Returns the call that lists all resources: `sp.apps()`.
    static func listingCall(_ operation: ServerPilot.Operation) -> String {
        "sp.\(operation.name)(\(operation.pathParameters.map(\.name).joined(separator: ", ")))"
    }

    private static func parameters(of operation: ServerPilot.Operation) -> [HostParameter] {
        let path = operation.pathParameters.map(parameter)
        if case .list = operation.result {
            return path + [filter(isOptional: true)]
        }
        switch operation.argumentStyle {
        case .positional: return path + operation.bodyParameters.map(parameter)
        case .table where operation.bodyParameters.isEmpty: return path
        case .table:
            let names = operation.bodyParameters.map { $0.isRequired ? $0.name : "\($0.name)?" }
            return path + [HostParameter("arguments", "table", documentation: names.joined(separator: ", "))]
        }
    }

    private static func parameter(_ field: Field) -> HostParameter {
        let type =
            switch field.type {
            case .boolean: "boolean"
            case .integer, .timestamp: "integer"
            case .array, .object: "table"
            case .string, .identifier, .enumeration: "string"
            }
        return HostParameter(field.name, type, isOptional: !field.isRequired, documentation: field.documentation)
    }

    private static func results(of operation: ServerPilot.Operation) -> [String] {
        let action = operation.queues == .never ? [] : ["string|nil"]
        switch operation.result {
        case .list(let shape): return ["\(shape.name)[]"]
        case .object(let shape): return [shape.name] + action
        case .nothing: return action
        }
    }
}
