internal import OrderedCollections
internal import ServerPilot

/// Reads the forms in which clients in the field send values, before the arguments are checked.
///
/// It goes by the types of the operations table, not by names: the one argument that must be given and may be null is
/// `cacerts`, the one optional object is `wordpress`, the one list is `domains`.
struct ArgumentForms {
    let rules: RuleChoices

    /// The arguments as if they had been sent in their documented form; what is in none of the forms stays as it is.
    ///
    /// - Throws: `Refusal` of a form that the rules do not take.
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

    /// The value; `nil` where it counts as left out.
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
    /// Whether clients send it where they mean null.
    fileprivate var isNullLike: Bool { self == .null || self == "" || self == "null" }
}

extension String {
    fileprivate var isNumber: Bool {
        !isEmpty && utf8.allSatisfy { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }
    }
}
