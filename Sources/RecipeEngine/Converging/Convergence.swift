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
        for parameter in create.bodyParameters {
            guard let value = wanted[parameter.name], !key.contains(parameter.name),
                shape.fields.contains(where: { $0.name == parameter.name }),
                let found = existing[parameter.name], !Self.isEqual(value, found)
            else { continue }
            if settable.contains(parameter.name), parameter.secrecy == .open, Self.isPlain(parameter.type) {
                changes[parameter.name] = value
            } else {
                obstacles.append(parameter.name)
            }
        }
        takeSettings(wanted, existing, shape, update, known: Set(create.bodyParameters.map(\.name)))
    }

    /// Compares settings that only an update takes, such as a server's firewall.
    private mutating func takeSettings(
        _ wanted: JSONObject, _ existing: JSONValue, _ shape: Shape, _ update: ServerPilot.Operation?,
        known: Set<String>
    ) {
        for parameter in update?.bodyParameters ?? [] where !known.contains(parameter.name) {
            guard let value = wanted[parameter.name],
                shape.fields.contains(where: { $0.name == parameter.name }),
                !Self.isEqual(value, existing[parameter.name] ?? .null)
            else { continue }
            changes[parameter.name] = value
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
