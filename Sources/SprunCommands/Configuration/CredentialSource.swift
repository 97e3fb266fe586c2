internal import Groundwork
internal import ServerPilotClient
internal import Subprocess
internal import SystemPackage
internal import TOMLKit

/// A search for credentials, in the order that the command line documents.
struct CredentialSource {
    let environment: Environment
    let paths: Paths
    /// The path in `--credentials-file`.
    let file: String?

    /// Credentials and a text that names their origin.
    struct Found {
        let credentials: Credentials
        let origin: String
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
        if let file { return try read(FilePath(file), "--credentials-file") }
        if let found = try fromVariables() { return found }
        if let folder = environment.nonEmpty("CREDENTIALS_DIRECTORY") {
            let path = FilePath(folder).appending(Self.credentialName)
            if PrivateFile.exists(path) { return try read(path, "CREDENTIALS_DIRECTORY") }
        }
        if PrivateFile.exists(paths.credentialsFile) { return try read(paths.credentialsFile, "sprun login") }
        if let command = try ConfigurationFile(paths).credentialsCommand { return try await run(command) }
        return nil
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
        let table: TOMLTable
        do {
            table = try ConfigurationFile.table(bytes, path)
        } catch let failure as CommandFailure {
            throw CommandFailure("invalid_credentials", failure.message, hint: Self.form)
        }
        guard let id = table["client_id"]?.string, let key = table["api_key"]?.string else {
            throw CommandFailure(
                "invalid_credentials", "the credentials of \(origin) lack client_id or api_key",
                hint: Self.form)
        }
        return try found(id, key, origin)
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
