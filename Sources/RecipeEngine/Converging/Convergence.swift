internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// The changes that bring an existing resource to its requested state.
struct Convergence: Equatable {
    /// The fields that an update must set, with their values.
    var changes = JSONObject()
    /// The fields that differ and that no update can set.
    var obstacles: [String] = []

    /// Compares the requested fields with an existing resource.
    ///
    /// Fields that the API does not return, such as passwords, cannot be compared and stay as they are.
    ///
    /// - Parameters:
    ///   - wanted: the arguments of the create operation.
    ///   - existing: the resource as the API lists it.
    ///   - create: the operation that creates such resources.
    ///   - update: the operation that changes them, if there is one.
    init(
        wanted: JSONObject, existing: JSONValue, create: ServerPilot.Operation, update: ServerPilot.Operation?
    ) {
        guard case .object(let shape) = create.result else { return }
        let settable = Set(update?.bodyParameters.map(\.name) ?? [])
        let key = Set(create.naturalKey?.fields ?? [])
        let known = Set(create.bodyParameters.map(\.name))
        let settings = update?.bodyParameters.filter { !known.contains($0.name) } ?? []
        for parameter in create.bodyParameters + settings {
            // Only an update takes a setting, such as a server's firewall.
            let isSetting = !known.contains(parameter.name)
            guard let value = wanted[parameter.name], isSetting || !key.contains(parameter.name),
                shape.fields.contains(where: { $0.name == parameter.name }),
                let found = existing[parameter.name] ?? (isSetting ? JSONValue.null : nil), !Self.isEqual(value, found)
            else { continue }
            let canChange = parameter.secrecy == .open && Self.isPlain(parameter.type)
            if isSetting || (settable.contains(parameter.name) && canChange) {
                changes[parameter.name] = value
            } else {
                obstacles.append(parameter.name)
            }
        }
    }

    private static func isPlain(_ type: FieldType) -> Bool {
        if case .object = type { false } else { true }
    }

    /// Returns whether two values are equivalent.
    ///
    /// Lists are compared as sets and regardless of case: the API keeps no order, and host names have no case. Objects
    /// are compared by the members that both have.
    private static func isEqual(_ wanted: JSONValue, _ found: JSONValue) -> Bool {
        switch (wanted, found) {
        case (.array(let wanted), .array(let found)):
            return Set(wanted.map(lowercased)) == Set(found.map(lowercased))
        case (.object(let wanted), .object(let found)):
            return wanted.allSatisfy { name, value in found[name].map { $0 == value } ?? true }
        default: return wanted == found
        }
    }

    private static func lowercased(_ value: JSONValue) -> JSONValue {
        value.stringValue.map { .string($0.lowercased()) } ?? value
    }
}
