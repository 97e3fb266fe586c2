internal import OrderedCollections
internal import ServerPilot

/// What `ensure_*` does about the passwords that it was given for something that exists.
///
/// The API gives none back, so that nobody can tell whether they are the wanted ones.
struct PasswordChange {
    /// The arguments of the update that sets them; empty where none was given or can be set.
    private(set) var arguments = JSONObject()
    /// The wanted passwords that an update can set: `password`, `user.password`.
    private(set) var settable: [String] = []
    /// Those that only the creation can set, such as that of WordPress.
    private(set) var fixed: [String] = []

    /// - Parameters:
    ///   - wanted: the arguments of the create.
    ///   - existing: the thing as the API lists it.
    ///   - create: the operation that creates such things.
    ///   - update: the operation that changes them, where there is one.
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

    /// Of an object, what the update takes of it: its id as it is, the rest as it is wanted.
    private static func value(of field: Field, _ wanted: JSONValue?, _ existing: JSONValue?) -> JSONValue? {
        guard case .object(let fields) = field.type else { return wanted }
        var members = JSONObject()
        for field in fields { members[field.name] = wanted?[field.name] ?? existing?[field.name] }
        return .object(members)
    }
}

extension [Field] {
    /// The fields that are secrets, by the names on the way to them.
    var secretPaths: [[String]] {
        flatMap { field -> [[String]] in
            if case .object(let fields) = field.type { return fields.secretPaths.map { [field.name] + $0 } }
            return field.secrecy == .open ? [] : [[field.name]]
        }
    }
}
