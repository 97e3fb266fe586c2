internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// An operation that brings a resource to its requested state.
///
/// It finds the resource by its natural key. Then it creates it, changes only the fields that differ, or leaves it.
struct Ensurer {
    let scope: StepScope
    let kind: ResourceKind
    let create: ServerPilot.Operation
    let key: NaturalKey
    let options: EnsureOptions

    private var function: String { "ensure_\(kind.rawValue)" }

    /// Creates or changes the resource, if needed.
    ///
    /// - Returns: the resource, and `created`, `updated` or `unchanged`.
    /// - Throws: `RecipeError` with the API's error; with `severalMatch` if the key is not unique; with `failedBefore`
    ///   if an earlier run left the resource unfinished; with `cannotConverge` if a field differs that no update can
    ///   set.
    func ensure(_ wanted: JSONObject) async throws -> (object: JSONValue, status: EnsureStatus) {
        let values = try await keyValues(wanted)
        let listed = try await scope.call(key.listing, [:], matching: values).data.arrayValue ?? []
        let matches = listed.filter { key.matches($0, values) }
        guard matches.count < 2 else { throw several(matches) }
        guard let existing = matches.first else { return try await createNew(wanted) }
        return try await converge(existing, wanted)
    }

    /// Returns the values of the natural key.
    ///
    /// A value comes from the arguments, or from the resource that an argument refers to: an app's server is that of
    /// its system user.
    private func keyValues(_ wanted: JSONObject) async throws(RecipeError) -> JSONObject {
        var values = JSONObject()
        for field in key.fields {
            values[field] = wanted[field]
            guard values[field] == nil else { continue }
            for parameter in create.bodyParameters {
                guard case .identifier(let kind) = parameter.type, let id = wanted[parameter.name],
                    let reading = ServerPilot.Operation.reading(kind)
                else { continue }
                values[field] = try await scope.call(reading, ["id": id]).data[field]
                break
            }
        }
        return values
    }

    private func createNew(_ wanted: JSONObject) async throws -> (JSONValue, EnsureStatus) {
        let known = Set(create.bodyParameters.map(\.name))
        let reply = try await scope.call(create, wanted.filter { known.contains($0.key) })
        try await options.wait(for: reply, in: scope)
        let object = create.withoutHidden(reply.data)
        // Settings that only an update takes are set after the creation.
        let rest = Convergence(wanted: wanted, existing: reply.data, create: create, update: update)
        guard !rest.changes.isEmpty, let id = reply.data["id"] else { return (object, .created) }
        return (try await apply(rest.changes, to: id), .created)
    }

    private var update: ServerPilot.Operation? { .updating(kind) }

    private func converge(_ existing: JSONValue, _ wanted: JSONObject) async throws -> (JSONValue, EnsureStatus) {
        let id = existing["id"]?.stringValue
        if let work = scope.session.surroundings.failedWork.first(where: { $0.id == id }) {
            throw RecipeError(work, of: "sp.\(function)")
        }
        var plan = Convergence(wanted: wanted, existing: existing, create: create, update: update)
        guard plan.obstacles.isEmpty else { throw obstacle(plan.obstacles, existing, wanted) }
        let passwords = PasswordChange(wanted: wanted, existing: existing, create: create, update: update)
        switch options.passwords {
        case .always where !passwords.fixed.isEmpty: throw cannotSet(passwords.fixed, existing)
        case .always: plan.changes.merge(passwords.arguments) { $1 }
        case .creation: tellLeft(passwords, existing)
        }
        guard !plan.changes.isEmpty, let id = existing["id"] else {
            return (create.withoutHidden(existing), .unchanged)
        }
        return (try await apply(plan.changes, to: id), .updated)
    }

    /// Logs that a password was not set, since it cannot be compared.
    private func tellLeft(_ passwords: PasswordChange, _ existing: JSONValue) {
        let names = passwords.settable + passwords.fixed
        guard !names.isEmpty else { return }
        let way = passwords.settable.isEmpty ? "" : "; pass set_password = \"always\" to set it each time"
        scope.session.output.emit(
            .logged(
                "sp.\(function): the \(kind.spokenName) '\(called(existing))' exists, and "
                    + "\(names.joined(separator: ", ")) stays unchanged: sprun sets it only on creation\(way)"))
    }

    private func cannotSet(_ names: [String], _ existing: JSONValue) -> RecipeError {
        RecipeError(
            RecipeError.cannotConverge, in: "sp.\(function)",
            "the \(kind.spokenName) '\(called(existing))' exists, and \(names.joined(separator: ", ")) can only be set "
                + "on creation",
            object: existing["id"]?.stringValue, hint: "remove set_password to keep the existing password")
    }

    private func called(_ existing: JSONValue) -> String {
        existing["name"]?.stringValue ?? existing["id"]?.stringValue ?? "?"
    }

    private func apply(_ changes: JSONObject, to id: JSONValue) async throws -> JSONValue {
        guard let update else { return .null }
        var arguments: JSONObject = ["id": id]
        for change in changes { arguments[change.key] = change.value }
        let reply = try await scope.call(update, arguments)
        try await options.wait(for: reply, in: scope)
        return update.withoutHidden(reply.data)
    }

    private func several(_ matches: [JSONValue]) -> RecipeError {
        let ids = matches.compactMap { $0["id"]?.stringValue }.joined(separator: ", ")
        return RecipeError(
            RecipeError.severalMatch, in: "sp.\(function)",
            "\(matches.count) resources have the same \(key.fields.joined(separator: " and ")): \(ids)",
            hint: "rename or delete the others in ServerPilot")
    }

    private func obstacle(_ fields: [String], _ existing: JSONValue, _ wanted: JSONObject) -> RecipeError {
        let differences = fields.map { field in
            "\(field) is \(existing[field]?.text() ?? "null"), not \(shown(wanted[field], field))"
        }
        return RecipeError(
            RecipeError.cannotConverge, in: "sp.\(function)",
            "the \(kind.spokenName) '\(called(existing))' exists, but \(differences.joined(separator: "; "))",
            object: existing["id"]?.stringValue,
            hint: "ServerPilot cannot change this field: use another name, or delete the resource first")
    }

    private func shown(_ value: JSONValue?, _ field: String) -> String {
        // An object may contain a password, such as that of a database's user.
        if case .object(let members)? = value {
            return members["name"].map { "that of \($0.text())" } ?? "the requested value"
        }
        return value?.text() ?? "null"
    }
}
