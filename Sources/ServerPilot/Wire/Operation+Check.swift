public import Groundwork
internal import OrderedCollections

extension Operation {
    /// Returns all problems of the arguments in the order of the parameters; unknown names come last.
    ///
    /// - Parameters:
    ///   - arguments: the arguments of path and body together, by wire name.
    ///   - standard: the strictness; by default only what the API certainly refuses is a problem.
    /// - Returns: the problems; empty if the call may be sent.
    package func problems(in arguments: JSONObject, by standard: ArgumentStandard = .certain) -> [ArgumentProblem] {
        var problems = parameters.problems(in: arguments, by: standard)
        if needsSomeBody, problems.isEmpty, !bodyParameters.contains(where: { arguments[$0.name] != nil }) {
            problems.append(ArgumentProblem(argument: "", kind: .nothingGiven(of: bodyParameters.map(\.name))))
        }
        return problems
    }
}

extension [Field] {
    /// Returns a problem for each secret or key in an object that contains the redaction placeholder.
    ///
    /// The value was copied from a redacted text. Sending it would make the placeholder the new password.
    public func placeholders(in value: JSONValue, at prefix: String = "") -> [ArgumentProblem] {
        guard case .object(let members) = value else { return [] }
        return flatMap { field -> [ArgumentProblem] in
            let path = prefix + field.name
            switch (field.type, members[field.name]) {
            case (.object(let fields), let inner?): return fields.placeholders(in: inner, at: path + ".")
            case (.string, .string(let text)?)
            where (field.secrecy != .open || field.name == "public_key") && text.contains(Redactor.replacement):
                let demand = "be the value itself, not the placeholder \(Redactor.replacement)"
                return [ArgumentProblem(argument: path, kind: .broken(demand: demand, by: "placeholder", .documented))]
            default: return []
            }
        }
    }

    /// Returns all problems of an object with these fields, in their order; unknown names come last.
    package func problems(in object: JSONObject, by standard: ArgumentStandard = .certain) -> [ArgumentProblem] {
        var check = ArgumentCheck(standard: standard)
        check.check(.object(object), against: self)
        return check.problems
    }
}

/// Compares arguments with parameters and collects all problems.
private struct ArgumentCheck {
    let standard: ArgumentStandard
    var problems: [ArgumentProblem] = []

    mutating func check(_ value: JSONValue, against fields: [Field], at prefix: String = "") {
        guard case .object(let members) = value else { return }
        for field in fields {
            let path = prefix + field.name
            if let value = members[field.name] {
                check(value, against: field, at: path)
            } else if field.isRequired, !field.isNullable {
                note(path, .missing)
            }
        }
        let known = fields.map(\.name)
        for name in members.keys where !known.contains(name) {
            note(prefix + name, .unknown(known: known.map { prefix + $0 }))
        }
    }

    private mutating func check(_ value: JSONValue, against field: Field, at path: String) {
        if value == .null, field.isNullable || (standard.isTolerant && !field.isRequired) { return }
        if value == .object([:]), standard.isTolerant, !field.isRequired, case .object = field.type { return }
        guard isOf(field.type, value) else { return noteType(path, field.type, value) }
        check(value, keeping: field.constraints, at: path)
        switch (field.type, value) {
        case (.object(let fields), _): check(value, against: fields, at: path + ".")
        case (.array(let element, let constraints), .array(let values)):
            for (index, value) in values.enumerated() {
                let path = "\(path)[\(index + 1)]"
                guard isOf(element, value) else {
                    noteType(path, element, value)
                    continue
                }
                check(value, keeping: constraints, at: path)
                if case .object(let fields) = element { check(value, against: fields, at: path + ".") }
            }
        default: break
        }
    }

    private mutating func check(_ value: JSONValue, keeping constraints: [Constraint], at path: String) {
        for constraint in constraints where standard.isEnforced(constraint) {
            guard !constraint.isKept(by: value, counting: standard.lengthUnit) else { continue }
            note(path, .broken(demand: constraint.demand, by: constraint.id, constraint.evidence))
        }
    }

    private mutating func note(_ path: String, _ kind: ArgumentProblem.Kind) {
        problems.append(ArgumentProblem(argument: path, kind: kind))
    }

    private mutating func noteType(_ path: String, _ type: FieldType, _ value: JSONValue) {
        let given = Self.words(for: value)
        if case (.enumeration, .string) = (type, value) {
            note(path, .unlisted(expected: type.words, given: given))
        } else {
            note(path, .wrongType(expected: type.words, given: given))
        }
    }

    private func isOf(_ type: FieldType, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case (.string, .string), (.boolean, .bool), (.integer, .integer), (.timestamp, .integer): true
        case (.identifier, .string(let id)): !standard.isTolerant || Self.fitsIntoPath(id)
        case (.enumeration(let words), .string(let word)): words.contains(word)
        case (.array, .array), (.object, .object): true
        default: false
        }
    }

    private static func fitsIntoPath(_ id: String) -> Bool {
        !id.isEmpty && id.utf8.count <= 64 && id.unicodeScalars.allSatisfy(CharacterClass.identifier.contains)
    }

    /// Returns the type of a value in words, without the value, which may be a secret.
    private static func words(for value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .string(""): "an empty string"
        case .string: "a string"
        case .array, .object, .integer: "an \(value.kindName)"
        default: "a \(value.kindName)"
        }
    }
}
