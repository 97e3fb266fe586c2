internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// An operation that adds or removes domains of an app and keeps the domains that another client adds meanwhile.
///
/// The API replaces the whole list and has no conditional requests. So the engine reads the app right before it sends
/// the list, and again afterwards. If another client's list undid the change, the engine sends the list again, a few
/// times.
struct DomainsEnsurer {
    /// The maximum number of times that the engine sends the list before it gives up.
    static let attempts = 3

    let scope: StepScope
    let options: EnsureOptions
    let function: String
    let adds: Bool

    /// Sends the list until the app has the wanted domains.
    ///
    /// - Returns: the app, and `updated` or `unchanged`.
    /// - Throws: `RecipeError` with the API's error, or with `rivalEdit` if another client keeps replacing the list.
    func ensure(_ appID: String, _ domains: [String]) async throws -> (object: JSONValue, status: EnsureStatus) {
        var status = EnsureStatus.unchanged
        var attempt = 0
        while true {
            let app = try await scope.call("app", ["id": .string(appID)]).data
            let present = app["domains"]?.arrayValue?.compactMap(\.stringValue) ?? []
            let wanted = Self.combined(present, domains, adds: adds)
            guard wanted != present else { return (Self.visible(app), status) }
            guard attempt < Self.attempts else { throw rival(app) }
            attempt += 1
            guard let reply = try await replace(appID, wanted) else { continue }
            status = .updated
            try await options.wait(for: reply, in: scope)
        }
    }

    private func rival(_ app: JSONValue) -> RecipeError {
        let id = app["id"]?.stringValue
        return RecipeError(
            RecipeError.rivalEdit, in: "sp.\(function)",
            "another client keeps replacing the domains of the app '\(app["name"]?.stringValue ?? id ?? "?")'",
            object: id, hint: "stop the other client, then run the recipe again")
    }

    /// Sends the list; returns `nil` if another client changed it first.
    private func replace(_ appID: String, _ domains: [String]) async throws(RecipeError) -> Reply? {
        do throws(RecipeError) {
            return try await scope.call(
                "update_app", ["id": .string(appID), "domains": .array(domains.map { .string($0) })])
        } catch {
            guard error.code == RecipeError.rivalEdit else { throw error }
            return nil
        }
    }

    private static func combined(_ present: [String], _ domains: [String], adds: Bool) -> [String] {
        let given = domains.map { $0.lowercased() }
        let lowercased = Set(present.map { $0.lowercased() })
        return adds
            ? present + OrderedSet(given).filter { !lowercased.contains($0) }
            : present.filter { !given.contains($0.lowercased()) }
    }

    private static func visible(_ app: JSONValue) -> JSONValue {
        ServerPilot.Operation.named("app")?.withoutHidden(app) ?? app
    }
}
