internal import ServerPilot
internal import ServerPilotClient

/// A failure of a command that is not one of a recipe: of files, settings, credentials, the network.
struct CommandFailure: Error {
    /// The word of the catalogue (`FailureCatalogue`).
    let code: String
    /// What happened, on what.
    let message: String
    /// What to do about it.
    let hint: String?

    init(_ code: String, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }
}

extension CommandFailure {
    /// A setting of the client cannot be used.
    init(_ error: ClientConfigurationError) {
        self.init(error.code == .invalidCredentials ? "invalid_credentials" : "invalid_setting", error.message)
    }

    /// A call failed outside a recipe.
    init(_ error: ServerPilotError) {
        self.init(error.code.rawValue, error.description)
    }
}
