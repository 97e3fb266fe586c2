internal import ArgumentParser
internal import Groundwork
internal import ServerPilotClient
internal import ServerPilotSimulator

/// Options for the credentials that a simulator accepts.
struct ServedCredentialsOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Require this client id; the default is a random one.", valueName: "id"))
    var clientID: String?

    @Option(help: ArgumentHelp("Require this API key; the default is a random one.", valueName: "key"))
    var apiKey: String?

    func validate() throws {
        guard (clientID == nil) == (apiKey == nil) else {
            throw ValidationError("use --client-id and --api-key together")
        }
    }

    /// Returns the credentials; `nil` to generate them.
    ///
    /// - Throws: `ClientConfigurationError` for characters that no credentials have.
    func credentials() throws -> AccountCredentials? {
        guard let clientID, let apiKey else { return nil }
        _ = try Credentials(clientID: clientID, apiKey: Secret(apiKey))
        return AccountCredentials(clientID: clientID, apiKey: Secret(apiKey))
    }
}
