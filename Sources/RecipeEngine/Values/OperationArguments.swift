internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot

/// A reader of the arguments that a recipe passes to an operation's Lua function.
///
/// It reports all problems before anything is sent.
struct OperationArguments {
    let parameters: [Field]
    let function: String
    let secrets: SealedSecrets
    private(set) var values = JSONObject()
    private(set) var problems: [ArgumentProblem] = []

    /// Returns the arguments by wire name.
    ///
    /// The session learns the secrets among them first, even if the arguments are then rejected or not needed.
    ///
    /// - Throws: `RecipeError` that lists all problems.
    static func read(
        _ arguments: LuaArguments, of operation: ServerPilot.Operation, for session: RunSession
    ) throws(RecipeError) -> JSONObject {
        var reader = OperationArguments(
            parameters: operation.bodyParameters, function: operation.name.rawValue, secrets: session.secrets)
        if !operation.pathParameters.isEmpty, case .table = arguments[0] {
            let expected = "an id, as in \(call(of: operation))"
            throw RecipeError(
                [ArgumentProblem("argument 1", expected: expected, given: "a table")], of: operation.name.rawValue)
        }
        for (index, parameter) in operation.pathParameters.enumerated() {
            reader.take(arguments[index], for: parameter)
        }
        let rest = operation.pathParameters.count
        switch operation.argumentStyle {
        case .positional:
            for (index, parameter) in operation.bodyParameters.enumerated() {
                reader.take(arguments[rest + index], for: parameter)
            }
            reader.expectNoMore(arguments, than: rest + operation.bodyParameters.count)
        case .table where !operation.bodyParameters.isEmpty:
            reader.takeTable(arguments[rest], position: rest)
            reader.expectNoMore(arguments, than: rest + 1)
        case .table:
            reader.expectNoMore(arguments, than: rest)
        }
        return try reader.checked(operation.problems(in: reader.values), for: session)
    }

    /// Returns the arguments by wire name from a table, the form that `ensure_*` functions take.
    ///
    /// - Throws: `RecipeError` that names `function` and lists all problems.
    static func read(
        table: LuaValue, parameters: [Field], function: String, for session: RunSession
    ) throws(RecipeError) -> JSONObject {
        var reader = OperationArguments(parameters: parameters, function: function, secrets: session.secrets)
        reader.takeTable(table, position: 0)
        return try reader.checked(parameters.problems(in: reader.values), for: session)
    }

    /// Returns an example call of the operation's function, such as `sp.update_app(id, { … })`.
    private static func call(of operation: ServerPilot.Operation) -> String {
        var arguments = operation.pathParameters.map(\.name)
        switch operation.argumentStyle {
        case .positional: arguments += operation.bodyParameters.map(\.name)
        case .table: if !operation.bodyParameters.isEmpty { arguments.append("{ … }") }
        }
        return "sp.\(operation.name)(\(arguments.joined(separator: ", ")))"
    }

    /// The maximum number of unknown arguments that an error reports for one call.
    static let mostUnknown = 20

    private mutating func take(_ value: LuaValue, for field: Field) {
        do throws(UnsendableValue) {
            values[field.name] = try JSONValue(
                value, as: field.type, opening: secrets.open, isSecret: field.isSecret)
        } catch {
            note(error.inMember(field.name).path, expected: field.type.words, given: error.found)
        }
    }

    private mutating func takeTable(_ value: LuaValue, position: Int) {
        guard case .table(let table) = value else {
            let call = position == 0 ? "sp.\(function){ … }" : "sp.\(function)(id, { … })"
            let form = "a table of named arguments, as in \(call)"
            return note("argument \(position + 1)", expected: form, given: value.typeName)
        }
        guard table.array.isEmpty, table.sparse.isEmpty else {
            return note("the table", expected: "named arguments only", given: "values without a name")
        }
        var unknown = 0
        for field in table.fields {
            if let parameter = parameters.first(where: { $0.name == field.key }) {
                take(field.value, for: parameter)
            } else {
                // Each unknown name is compared with all known names, and no person reads a thousand problems.
                unknown += 1
                guard unknown <= Self.mostUnknown else { continue }
                let known = parameters.map(\.name)
                problems.append(ArgumentProblem(argument: field.key.shown, kind: .unknown(known: known)))
            }
        }
    }

    private mutating func expectNoMore(_ arguments: LuaArguments, than count: Int) {
        guard arguments.count > count, arguments.values[count...].contains(where: { !$0.isNil }) else { return }
        note("argument \(count + 1)", expected: "omitted", given: arguments[count].typeName)
    }

    private mutating func note(_ argument: String, expected: String, given: String) {
        problems.append(ArgumentProblem(argument, expected: expected, given: given))
    }

    private func checked(
        _ found: [ArgumentProblem], for session: RunSession
    ) throws(RecipeError) -> JSONObject {
        for secret in parameters.secrets(in: .object(values)) { session.output.learn(secret: secret) }
        let hasDomains = parameters.contains { $0.name == "domains" }
        let found =
            found + (hasDomains ? DomainWords.problems(in: values) : [])
            + (found.isEmpty ? CertificatePair.problems(in: values) : [])
        let noted = Set(problems.map { $0.argument.prefix { $0 != "." && $0 != "[" } })
        // An argument that could not be converted is not reported as missing too. If the recipe passed no table, only
        // that is reported, not the missing arguments.
        let hasTable = !problems.contains { $0.argument.hasPrefix("argument ") }
        let rest = found.filter { $0.kind != .missing || (hasTable && !noted.contains($0.argument[...])) }
        let all = rest + problems + parameters.placeholders(in: .object(values))
        guard all.isEmpty else { throw RecipeError(all, of: function) }
        return values
    }
}

extension ArgumentProblem {
    /// Creates the problem that an argument has the wrong type.
    init(_ argument: String, expected: String, given: String) {
        self.init(argument: argument, kind: .wrongType(expected: expected, given: given))
    }
}
