internal import ServerPilot
internal import ServerPilotClient

/// A failure of a command that is not a recipe's: about files, settings, credentials or the network.
struct CommandFailure: Error, CustomStringConvertible {
    /// The code in the catalogue (`FailureCatalogue`).
    let code: String
    /// The message: what happened, and to which file, setting or resource.
    let message: String
    /// A suggestion for the user; `nil` if there is none.
    let hint: String?

    init(_ code: String, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    var description: String { message }
}

extension CommandFailure {
    /// Converts an error about a setting of the client.
    init(_ error: ClientConfigurationError) {
        self.init(error.code == .invalidCredentials ? "invalid_credentials" : "invalid_setting", error.message)
    }

    /// Converts an error of an API call outside a recipe.
    init(_ error: ServerPilotError) {
        self.init(error.code.rawValue, error.description)
    }
}
