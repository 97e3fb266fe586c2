public import ServerPilot

extension ServerPilotAccount {
    /// The apps of all servers.
    public func apps() async throws(ServerPilotError) -> [App] {
        try await list("apps")
    }

    /// One app, with whether AutoSSL is available.
    public func app(_ id: AppID) async throws(ServerPilotError) -> App {
        try await object("app", ["id": .id(id)])
    }

    /// Creates an app, which ServerPilot bills.
    ///
    /// - `runtime`: one of the server's `availableRuntimes`.
    /// - `domains`: `example.com` serves `www.example.com` too.
    /// - `wordpress`: what to install WordPress with; `nil` for an empty app.
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

    /// Changes runtime or domains; at least one must be given.
    ///
    /// - `domains`: all its domains: the list is replaced, by an empty one too.
    public func updateApp(
        _ id: AppID, runtime: String? = nil, domains: [String]? = nil
    ) async throws(ServerPilotError) -> Change<App> {
        try await change(
            "update_app",
            [
                "id": .id(id), "runtime": runtime.map(JSONValue.string), "domains": domains.map(JSONValue.strings),
            ])
    }

    /// Deletes an app, and with it its databases.
    @discardableResult
    public func deleteApp(_ id: AppID) async throws(ServerPilotError) -> ActionID? {
        try await call("delete_app", ["id": .id(id)]).actionID
    }
}

extension JSONValue {
    /// A list of strings as an argument.
    static func strings(_ strings: [String]) -> JSONValue { .array(strings.map(JSONValue.string)) }
}
