internal import OrderedCollections
internal import ServerPilot

/// What has to be done so that a thing that exists is as it was asked for.
struct Convergence: Equatable {
    /// What an update has to set.
    var changes = JSONObject()
    /// Fields that differ and that no update can set.
    var obstacles: [String] = []

    /// Compares what is wanted with what exists.
    ///
    /// What the API does not give back, such as a password, cannot be compared and is left as it is.
    ///
    /// - Parameters:
    ///   - wanted: the arguments of the create.
    ///   - existing: the thing as the API lists it.
    ///   - create: the operation that creates such things.
    ///   - update: the operation that changes them, where there is one.
    init(
        wanted: JSONObject, existing: JSONValue, create: ServerPilot.Operation, update: ServerPilot.Operation?
    ) {
        guard case .object(let shape) = create.result else { return }
        let settable = Set(update?.bodyParameters.map(\.name) ?? [])
        let key = Set(create.naturalKey?.fields ?? [])
        for parameter in create.bodyParameters {
            guard let value = wanted[parameter.name], !key.contains(parameter.name),
                let field = shape.fields.first(where: { $0.name == parameter.name }),
                let found = existing[parameter.name], !Self.isEqual(value, found, field.type)
            else { continue }
            if settable.contains(parameter.name), parameter.secrecy == .open, Self.isPlain(parameter.type) {
                changes[parameter.name] = value
            } else {
                obstacles.append(parameter.name)
            }
        }
        takeSettings(wanted, existing, shape, update, known: Set(create.bodyParameters.map(\.name)))
    }

    /// Settings that only an update knows, such as a server's firewall.
    private mutating func takeSettings(
        _ wanted: JSONObject, _ existing: JSONValue, _ shape: Shape, _ update: ServerPilot.Operation?,
        known: Set<String>
    ) {
        for parameter in update?.bodyParameters ?? [] where !known.contains(parameter.name) {
            guard let value = wanted[parameter.name],
                let field = shape.fields.first(where: { $0.name == parameter.name }),
                !Self.isEqual(value, existing[parameter.name] ?? .null, field.type)
            else { continue }
            changes[parameter.name] = value
        }
    }

    private static func isPlain(_ type: FieldType) -> Bool {
        if case .object = type { false } else { true }
    }

    /// Whether the two say the same: lists are sets, since the API keeps no order; host names have no case; of
    /// objects only what both have counts.
    private static func isEqual(_ wanted: JSONValue, _ found: JSONValue, _ type: FieldType) -> Bool {
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
