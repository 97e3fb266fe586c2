internal import ArgumentParser
internal import ServerPilotClient

/// Options for the account that a command works on.
struct ConnectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The API's address with /v1 (or SERVERPILOT_API_URL).", valueName: "url"))
    var endpoint: String?

    @Option(
        help: ArgumentHelp("A private file with client_id and api_key.", valueName: "file"))
    var credentialsFile: String?

    /// Returns the API's address: from the option, else the variable, else the setting, else ServerPilot's own.
    func address(_ environment: Environment, _ paths: Paths) throws -> Endpoint {
        let text = try endpoint ?? environment.nonEmpty("SERVERPILOT_API_URL") ?? ConfigurationFile(paths).endpoint
        guard let text else { return .serverPilot }
        do throws(ClientConfigurationError) {
            return try Endpoint(text)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Finds the credentials and their origin.
    ///
    /// - Throws: `CommandFailure`; `no_credentials`, with hints, if there are none.
    func credentials(_ environment: Environment, _ paths: Paths) async throws -> CredentialSource.Found {
        let source = CredentialSource(environment: environment, paths: paths, file: credentialsFile)
        guard let found = try await source.find() else {
            throw CommandFailure(
                "no_credentials", "there are no credentials for ServerPilot",
                hint: "'sprun login' stores them; or try it without an account: sprun run --simulate FILE")
        }
        return found
    }
}
