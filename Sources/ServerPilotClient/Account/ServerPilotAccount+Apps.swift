internal import Groundwork
public import ServerPilot

extension ServerPilotAccount {
    /// Lists the apps of all servers.
    ///
    /// - Throws: `ServerPilotError`.
    public func apps() async throws(ServerPilotError) -> [App] {
        try await list("apps")
    }

    /// Reads one app, with its AutoSSL options.
    ///
    /// - Throws: `ServerPilotError`; the code is `notFound` if no app has the id.
    public func app(_ id: AppID) async throws(ServerPilotError) -> App {
        try await object("app", ["id": .id(id)])
    }

    /// Creates an app, for which ServerPilot bills.
    ///
    /// - `runtime`: one of the server's `availableRuntimes`.
    /// - `domains`: the domains; `example.com` also serves `www.example.com`.
    /// - `wordpress`: the settings of a new WordPress; `nil` for an empty app.
    /// - Throws: `ServerPilotError`; `notFound` for an unknown system user, `badRequest` for a runtime that the
    ///   server does not have, `conflict` for a name that the server already has.
    public func createApp(
        name: String, sysuser: SysuserID, runtime: String, domains: [String]? = nil,
        wordpress: WordPressInstallation? = nil
    ) async throws(ServerPilotError) -> Change<App> {
        try await change(
            "create_app",
            [
                "name": .string(name), "sysuserid": .id(sysuser), "runtime": .string(runtime),
                "domains": domains.map(JSONValue.strings), "wordpress": wordpress?.argument,
            ])
    }

    /// Changes runtime or domains; at least one of them is required.
    ///
    /// - `domains`: all domains of the app; the list is replaced, even by an empty list.
    /// - Throws: `ServerPilotError`; `notFound` if no app has the id, `badRequest` for a runtime that the server does
    ///   not have.
    public func updateApp(
        _ id: AppID, runtime: String? = nil, domains: [String]? = nil
    ) async throws(ServerPilotError) -> Change<App> {
        try await change(
            "update_app",
            [
                "id": .id(id), "runtime": runtime.map(JSONValue.string), "domains": domains.map(JSONValue.strings),
            ])
    }

    /// Deletes an app and its databases.
    ///
    /// - Throws: `ServerPilotError`; the code is `notFound` if no app has the id.
    @discardableResult
    public func deleteApp(_ id: AppID) async throws(ServerPilotError) -> ActionID? {
        try await call("delete_app", ["id": .id(id)]).actionID
    }
}

extension JSONValue {
    /// Returns a list of strings as an argument.
    static func strings(_ strings: [String]) -> JSONValue { .array(strings.map(JSONValue.string)) }
}
