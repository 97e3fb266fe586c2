internal import Groundwork
internal import ServerPilotClient
internal import Subprocess
internal import SystemPackage

/// A search for credentials, in the order that the command line documents.
struct CredentialSource {
    let environment: Environment
    let paths: Paths
    /// The path in `--credentials-file`.
    let file: String?
    /// The name in `--profile`.
    let profile: String?

    /// Credentials and a text that names their origin.
    struct Found {
        let credentials: Credentials
        let origin: String
        /// The address of the API that belongs to a profile; `nil` for the usual one.
        var endpoint: String?
        /// A warning for the user: variables override the profile of the project; `nil` if they do not.
        var warning: String?
    }

    /// The name of the file in `$CREDENTIALS_DIRECTORY`, where systemd puts it.
    static let credentialName = "sprun"
    /// The largest output in bytes and the time limit of a credentials command.
    ///
    /// The time is long, because a password manager may ask for a fingerprint.
    static let longestCommandOutput = 4096
    static let longestCommand: Duration = .seconds(120)

    /// Returns the first credentials found; `nil` if there are none.
    ///
    /// - Throws: `CommandFailure` if credentials were found but cannot be used. The next place is not tried then,
    ///   because it could have credentials of another account.
    func find() async throws -> Found? {
        guard file == nil || profile == nil else {
            throw CommandFailure("usage", "use only one of --credentials-file and --profile")
        }
        if let file { return try read(FilePath(file), "--credentials-file") }
        if let (name, selector) = try selectedProfile { return try await find(name, selector) }
        if var found = try fromVariables() {
            if let project = try ProjectSettings(in: environment.folder).profile {
                found.warning =
                    "SERVERPILOT_CLIENT_ID overrides the profile '\(project)' of \(ProjectSettings.fileName)"
            }
            return found
        }
        if let path = credentialsOfService { return try read(path, "CREDENTIALS_DIRECTORY") }
        if PrivateFile.exists(paths.credentialsFile) { return try read(paths.credentialsFile, "sprun login") }
        if let command = try ConfigurationFile(paths).credentialsCommand { return try await run(command) }
        return nil
    }

    /// The profile that is used, and the setting that selects it; `nil` if other credentials are used.
    ///
    /// - Throws: `CommandFailure` if a settings file cannot be used.
    var selectedProfile: (name: String, selector: String)? {
        get throws {
            if let profile { return (profile, "--profile") }
            if let name = environment.nonEmpty("SPRUN_PROFILE") { return (name, "SPRUN_PROFILE") }
            let hasVariables = ["SERVERPILOT_CLIENT_ID", "SERVERPILOT_API_KEY"].contains {
                environment.nonEmpty($0) != nil
            }
            guard !hasVariables, credentialsOfService == nil else { return nil }
            if let name = try ProjectSettings(in: environment.folder).profile {
                return (name, ProjectSettings.fileName)
            }
            return try ConfigurationFile(paths).profile.map { ($0, "config.toml") }
        }
    }

    /// The file that systemd wrote for a service; `nil` if there is none.
    private var credentialsOfService: FilePath? {
        let path = environment.nonEmpty("CREDENTIALS_DIRECTORY").map { FilePath($0).appending(Self.credentialName) }
        return path.flatMap { PrivateFile.exists($0) ? $0 : nil }
    }

    /// Returns the credentials of a profile; `selector` names the setting that selected it.
    private func find(_ name: String, _ selector: String) async throws -> Found {
        try Profile.check(name)
        let path = paths.profile(name)
        if PrivateFile.exists(path) { return try read(path, "profile of \(selector)") }
        if let profile = try ConfigurationFile(paths).profiles[name] {
            var found = try await run(profile.credentialsCommand)
            found.endpoint = profile.endpoint
            return found
        }
        let known = try Profile.all(paths).map(\.name)
        let nearest = known.nearest(to: name).map { "did you mean '\($0)'? " } ?? ""
        throw CommandFailure(
            "no_credentials", "there is no profile '\(name)' (selected by \(selector))",
            hint: "\(nearest)sprun profiles lists them; sprun login --profile \(name.shellQuoted) creates it")
    }

    private func fromVariables() throws -> Found? {
        let id = environment.nonEmpty("SERVERPILOT_CLIENT_ID")
        let key = environment.nonEmpty("SERVERPILOT_API_KEY")
        switch (id, key) {
        case (nil, nil): return nil
        case (let id?, let key?): return try found(id, key, "the environment")
        default:
            let missing = id == nil ? "SERVERPILOT_CLIENT_ID" : "SERVERPILOT_API_KEY"
            throw CommandFailure(
                "invalid_credentials", "only one of SERVERPILOT_CLIENT_ID and SERVERPILOT_API_KEY is set",
                hint: "set \(missing) too, or unset both")
        }
    }

    private func read(_ path: FilePath, _ origin: String) throws -> Found {
        try PrivateFile(path: path).checkIsPrivate()
        let bytes: [UInt8]
        do {
            bytes = try PrivateFile.read(path, what: "the credentials file")
        } catch let failure as CommandFailure {
            throw CommandFailure("invalid_credentials", failure.message)
        }
        return try parse(bytes, origin: "\(path) (\(origin))", path)
    }

    private func parse(_ bytes: [UInt8], origin: String, _ path: FilePath) throws -> Found {
        let (id, key, endpoint): (String?, String?, String?)
        do {
            let table = try SettingsTable(bytes, path)
            (id, key, endpoint) = try (table.string("client_id"), table.string("api_key"), table.string("endpoint"))
        } catch let failure as CommandFailure {
            throw CommandFailure("invalid_credentials", failure.message, hint: Self.form)
        }
        guard let id, let key else {
            throw CommandFailure(
                "invalid_credentials", "the credentials of \(origin) lack client_id or api_key",
                hint: Self.form)
        }
        var found = try found(id, key, origin)
        found.endpoint = endpoint
        return found
    }

    private static let form = #"write two lines: client_id = "cid_…" and api_key = "…""#

    private func found(_ id: String, _ key: String, _ origin: String) throws -> Found {
        do throws(ClientConfigurationError) {
            return Found(credentials: try Credentials(clientID: id, apiKey: Secret(key)), origin: origin)
        } catch {
            throw CommandFailure("invalid_credentials", "\(error.message) (from \(origin))")
        }
    }

    private func run(_ command: [String]) async throws -> Found {
        let name = command[0]
        do {
            let result = try await Self.withTimeLimit(of: name) {
                try await Subprocess.run(
                    .name(name), arguments: Arguments(Array(command.dropFirst())), input: .none,
                    output: .bytes(limit: Self.longestCommandOutput), error: .discarded)
            }
            guard result.terminationStatus.isSuccess else {
                throw CommandFailure(
                    "invalid_credentials", "the credentials command '\(name)' failed (\(result.terminationStatus))")
            }
            return try parse(TextFile.text(result.standardOutput), origin: "the command '\(name)'", FilePath(name))
        } catch let error as SubprocessError {
            throw CommandFailure("invalid_credentials", "the credentials command '\(name)' could not be run: \(error)")
        }
    }

    /// Runs the body with a time limit and cancels it afterwards.
    private static func withTimeLimit<Value: Sendable>(
        of command: String, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: longestCommand)
                throw CommandFailure(
                    "invalid_credentials", "the credentials command '\(command)' did not finish in \(longestCommand)")
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }
}
