internal import DurableSteps
internal import RecipeEngine
internal import RecipeSharing
internal import ServerPilot
internal import ServerPilotClient
internal import ServerPilotSimulator

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
    /// Converts any error that reaches the user.
    init(_ error: any Error) { self = Self.known(error) ?? CommandFailure("internal", "\(error)") }

    /// Returns the failure for an error of sprun's own; `nil` for others, such as the argument parser's.
    static func known(_ error: any Error) -> CommandFailure? {
        switch error {
        case let failure as CommandFailure: failure
        case let failure as RecipeFailure:
            CommandFailure(failure.code, failure.description, hint: failure.hint)
        case let error as JournalError: CommandFailure(code(of: error), phrase(error.message))
        case let error as AccountStoreError: CommandFailure("invalid_store", phrase(error.message))
        case let error as SharingError: CommandFailure(code(of: error), error.message, hint: error.hint)
        case let error as ServerPilotError: CommandFailure(error.code.rawValue, error.description)
        case let error as ClientConfigurationError:
            CommandFailure(
                error.code == .invalidCredentials ? "invalid_credentials" : "invalid_setting", error.message)
        default: nil
        }
    }

    private static func code(of error: JournalError) -> String {
        switch error.code {
        case .fenced: "fenced"
        case .busy: "journal_busy"
        case .unwritten: "journal_unwritten"
        case .unknownRun: "unknown_run"
        case .keyMissing: "journal_key"
        case .damaged, .newerFormat, .unusable: "journal_unusable"
        }
    }

    private static func code(of error: SharingError) -> String {
        switch error.code {
        case .unwritable: "unwritable_file"
        case .invalidLocator: "usage"
        case .missingModule, .unreadable, .tooLarge: "unreadable_file"
        default: "import_failed"
        }
    }

    /// Returns a sentence as messages are written: without its capital letter and its period.
    private static func phrase(_ sentence: String) -> String {
        let text = sentence.prefix(1).lowercased() + sentence.dropFirst()
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
