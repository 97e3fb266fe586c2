internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// Converts the argument forms that real clients send into the documented form, before the arguments are checked.
///
/// Fields are selected by their type in the operations table, not by name. The only required argument that may be null
/// is `cacerts`, the only optional object is `wordpress`, the only list is `domains`.
struct ArgumentForms {
    let rules: RuleChoices

    /// Returns the arguments in their documented form; unrecognized forms stay unchanged.
    ///
    /// - Throws: `Refusal` of a form that the rules do not accept.
    func read(_ arguments: JSONObject, of operation: Operation) throws(Refusal) -> JSONObject {
        var read = arguments
        for field in operation.bodyParameters {
            guard let value = arguments[field.name] else {
                if field.isRequired, field.isNullable { read[field.name] = try valueOfMissing(field) }
                continue
            }
            let isChain = field.isNullable && value.isNullLike
            read[field.name] = isChain ? try chain(value, field) : try self.value(value, of: field)
        }
        return read
    }

    private func valueOfMissing(_ field: Field) throws(Refusal) -> JSONValue {
        guard !rules.keeps(.chainIsGiven) else {
            throw Refusal(.chainIsGiven, message: "'\(field.name)' is missing.")
        }
        return .null
    }

    private func chain(_ value: JSONValue, _ field: Field) throws(Refusal) -> JSONValue {
        switch value {
        case "" where !rules.keeps(.emptyChain): throw refusal(.emptyChain, field)
        case "null" where rules.keeps(.nullWordIsNoChain): throw refusal(.nullWordIsNoChain, field)
        default: return .null
        }
    }

    /// Returns the value in its documented form; `nil` if it counts as left out.
    private func value(_ value: JSONValue, of field: Field) throws(Refusal) -> JSONValue? {
        switch (field.type, value) {
        case (_, .null) where !field.isRequired:
            guard !rules.keeps(.nullIsRefused) else { throw refusal(.nullIsRefused, field) }
            return nil
        case (.object, [:]) where !field.isRequired:
            guard rules.keeps(.emptyWordPress) else { throw refusal(.emptyWordPress, field) }
            return nil
        case (.array, .object(let members)) where members.keys.allSatisfy(\.isNumber):
            guard !rules.keeps(.domainsAreNoObject) else { throw refusal(.domainsAreNoObject, field) }
            return .array(Array(members.values))
        default: return value
        }
    }

    private func refusal(_ behaviour: Behaviour, _ field: Field) -> Refusal {
        Refusal(behaviour, by: rules, message: Refusal.invalidArgument(field.name))
    }
}

extension JSONValue {
    /// Whether the value is a form in which clients send null.
    fileprivate var isNullLike: Bool { self == .null || self == "" || self == "null" }
}

extension String {
    fileprivate var isNumber: Bool {
        !isEmpty && utf8.allSatisfy(\.isDigit)
    }
}
