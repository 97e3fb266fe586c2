internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// An operation that makes sure that a resource does not exist: it finds it, deletes it and waits.
///
/// A resource that does not exist is not an error.
struct Remover: Sendable {
    let scope: StepScope
    let options: EnsureOptions

    /// Deletes the resource that an id or a natural key identifies.
    ///
    /// - Parameters:
    ///   - delete: the delete operation.
    ///   - given: `id`, or every field of the natural key.
    ///   - key: the natural key.
    ///   - function: the function's name in errors.
    /// - Returns: `deleted` or `absent`, and the action of the deletion.
    /// - Throws: `RecipeError` with the API's error, unless the resource does not exist; with `severalMatch` if the key
    ///   is not unique.
    func remove(
        _ delete: ServerPilot.Operation, _ given: JSONObject, _ key: NaturalKey, _ function: String
    ) async throws -> (EnsureStatus, ActionID?) {
        guard let id = try await id(delete.kind, given, key, function) else { return (.absent, nil) }
        return try await removePart(delete.name, ["id": .string(id)]) { true }
    }

    /// Deletes a part of a resource, unless the part or its owner is missing already or disappears meanwhile.
    func removePart(
        _ delete: ServerPilot.Operation.Name, _ arguments: JSONObject, where isThere: () async throws -> Bool
    ) async throws -> (EnsureStatus, ActionID?) {
        let reply: Reply
        do {
            guard try await isThere() else { return (.absent, nil) }
            reply = try await scope.call(delete, arguments)
        } catch let error as RecipeError where error.code == ServerPilotError.Code.notFound.rawValue {
            return (.absent, nil)
        }
        try await options.wait(for: reply, in: scope)
        return (.deleted, reply.actionID)
    }

    private func id(
        _ kind: ResourceKind, _ given: JSONObject, _ key: NaturalKey, _ function: String
    ) async throws(RecipeError) -> String? {
        if let id = given["id"]?.stringValue {
            guard given.count == 1, let reading = ServerPilot.Operation.reading(kind) else {
                throw incomplete(key, function)
            }
            do throws(RecipeError) { _ = try await scope.call(reading, ["id": .string(id)]) } catch {
                guard error.code == ServerPilotError.Code.notFound.rawValue else { throw error }
                return nil
            }
            return id
        }
        guard key.fields.allSatisfy({ given[$0] != nil }) else { throw incomplete(key, function) }
        let listed = try await scope.call(key.listing, [:], matching: given).data.arrayValue ?? []
        let matches = listed.filter { key.matches($0, given) }.compactMap { $0["id"]?.stringValue }
        guard matches.count < 2 else {
            throw RecipeError(
                RecipeError.severalMatch, in: "sp.\(function)",
                "\(matches.count) match: \(matches.joined(separator: ", "))", hint: "pass the id")
        }
        return matches.first
    }

    private func incomplete(_ key: NaturalKey, _ function: String) -> RecipeError {
        RecipeError(
            code: ServerPilotError.Code.invalidArguments.rawValue,
            message: "sp.\(function) takes either id, or \(key.fields.joined(separator: " and "))", operation: function,
            token: function)
    }
}
