public import Groundwork
public import ServerPilot

extension ServerPilotAccount {
    /// Lists the databases of all servers.
    ///
    /// - Throws: `ServerPilotError`.
    public func databases() async throws(ServerPilotError) -> [Database] {
        try await list("dbs")
    }

    /// Reads one database.
    ///
    /// - Throws: `ServerPilotError`; the code is `notFound` if no database has the id.
    public func database(_ id: DatabaseID) async throws(ServerPilotError) -> Database {
        try await object("db", ["id": .id(id)])
    }

    /// Creates a database and its user.
    ///
    /// - `user`: the name of the database user: at most 16 characters.
    /// - `password`: the password of the database user.
    /// - Throws: `ServerPilotError`; `notFound` for an unknown app, `conflict` if the server already has a database
    ///   or a database user with the name.
    public func createDatabase(
        app: AppID, name: String, user: String, password: Secret<String>
    ) async throws(ServerPilotError) -> Change<Database> {
        try await change(
            "create_db",
            [
                "appid": .id(app), "name": .string(name),
                "user": ["name": .string(user), "password": .secret(password)],
            ])
    }

    /// Changes the password of a database's user.
    ///
    /// - Throws: `ServerPilotError`; `notFound` if no database has the id, or `user` belongs to another database.
    public func updateDatabase(
        _ id: DatabaseID, user: DatabaseUserID, password: Secret<String>
    ) async throws(ServerPilotError) -> Change<Database> {
        try await change("update_db", ["id": .id(id), "user": ["id": .id(user), "password": .secret(password)]])
    }

    /// Deletes a database and its user.
    ///
    /// - Throws: `ServerPilotError`; the code is `notFound` if no database has the id.
    @discardableResult
    public func deleteDatabase(_ id: DatabaseID) async throws(ServerPilotError) -> ActionID? {
        try await call("delete_db", ["id": .id(id)]).actionID
    }
}
