internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot

extension RecipeHeader {
    /// Compares the result of a recipe with its header, and learns the secrets in it.
    ///
    /// - Throws: `RecipeError` with the code `bad_result` that lists all problems.
    func check(_ result: LuaValue, for session: RunSession) throws(RecipeError) {
        guard !returns.isEmpty else { return }
        guard case .table(let table) = result else {
            if result.isNil { throw missing }
            throw Self.bad(["run() of '\(name)' returned a \(result.typeName), not a table"])
        }
        var problems: [String] = []
        for (key, type) in returns {
            let value = table[key]
            if value.isNil || value == .null {
                if !type.isOptional { problems.append("\(key) is missing") }
                continue
            }
            if !type.kind.takes(value) { problems.append("\(key) is \(value.typeName), not \(type.kind.rawValue)") }
            if type.kind == .secret, case .string(let secret) = value {
                session.output.learn(secret: secret)
                if secret.utf8.count < Redactor.shortestSecret {
                    problems.append(
                        "\(key) is too short for a secret: it needs at least \(Redactor.shortestSecret) bytes")
                }
            }
        }
        for field in table.fields where returns[field.key] == nil {
            problems.append("\(field.key) is not in returns")
        }
        guard problems.isEmpty else { throw Self.bad(problems) }
    }

    /// The error of a recipe that ends without `return`.
    private var missing: RecipeError {
        let names = returns.filter { !$0.value.isOptional }.keys.prefix(3).map { "\($0) = …" }
        return RecipeError(
            code: RecipeError.badResult,
            message: "run() of '\(name)' returned nothing, but its header declares a result",
            hint: "end run with: return { \(names.joined(separator: ", ")) }. The changes stay")
    }

    private static func bad(_ problems: [String]) -> RecipeError {
        RecipeError(
            code: RecipeError.badResult,
            message: "the result does not match `returns` in the header: \(problems.joined(separator: "; "))",
            hint: "the changes stay. Correct `returns` in the recipe's header, or the table that run() returns")
    }
}

extension RecipeResultType.Kind {
    func takes(_ value: LuaValue) -> Bool {
        switch (self, value) {
        case (.string, .string), (.secret, .string), (.integer, .integer), (.integer, .largeInteger),
            (.number, .integer),
            (.number, .largeInteger), (.number, .number), (.boolean, .boolean), (.table, .table):
            true
        case (.integer, .number): value.exactInteger != nil
        case (.list, .table(let table)): table.fields.isEmpty && table.sparse.isEmpty
        default: false
        }
    }
}
