internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// The passwords that `ensure_*` was given for an existing resource.
///
/// The API returns no passwords, so they cannot be compared.
struct PasswordChange {
    /// The arguments of the update that sets the passwords; empty if none was given or none can be set.
    private(set) var arguments = JSONObject()
    /// The paths of the given passwords that an update can set, such as `password` and `user.password`.
    private(set) var settable: [String] = []
    /// The paths of the given passwords that only a creation can set, such as that of WordPress.
    private(set) var fixed: [String] = []

    /// Finds the passwords among the arguments.
    ///
    /// - Parameters:
    ///   - wanted: the arguments of the create operation.
    ///   - existing: the resource as the API lists it.
    ///   - create: the operation that creates such resources.
    ///   - update: the operation that changes them, if there is one.
    init(
        wanted: JSONObject, existing: JSONValue, create: ServerPilot.Operation, update: ServerPilot.Operation?
    ) {
        for field in create.bodyParameters {
            let names = [field].secretPaths.filter { path in
                path.reduce(JSONValue.object(wanted)) { $0[$1] ?? .null } != .null
            }.map { $0.joined(separator: ".") }
            guard !names.isEmpty else { continue }
            guard let target = update?.bodyParameters.first(where: { $0.name == field.name }) else {
                fixed += names
                continue
            }
            settable += names
            arguments[field.name] = Self.value(of: target, wanted[field.name], existing[field.name])
        }
    }

    /// Returns the value of an update's field; an object takes missing members, such as its id, from the existing
    /// resource.
    private static func value(of field: Field, _ wanted: JSONValue?, _ existing: JSONValue?) -> JSONValue? {
        guard case .object(let fields) = field.type else { return wanted }
        var members = JSONObject()
        for field in fields { members[field.name] = wanted?[field.name] ?? existing?[field.name] }
        return .object(members)
    }
}

extension [Field] {
    /// The paths of the secret fields.
    var secretPaths: [[String]] {
        flatMap { field -> [[String]] in
            if case .object(let fields) = field.type { return fields.secretPaths.map { [field.name] + $0 } }
            return field.secrecy == .open ? [] : [[field.name]]
        }
    }
}
