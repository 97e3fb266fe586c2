internal import Groundwork
internal import SystemPackage

/// The permanent settings in `config.toml`.
struct ConfigurationFile {
    /// The address of the API; `nil` for the default.
    var endpoint: String?
    /// A command that prints credentials, as a program and its arguments.
    var credentialsCommand: [String]?
    /// The name of the profile that is used if nothing else selects one.
    var profile: String?
    /// The profiles whose credentials a command prints, by name.
    var profiles: [String: Profile] = [:]

    /// A profile of `config.toml`.
    struct Profile {
        /// A command that prints the credentials, as a program and its arguments.
        let credentialsCommand: [String]
        /// The address of the API; `nil` for the usual one.
        let endpoint: String?
    }

    /// Reads the file; a missing file contains no settings.
    ///
    /// - Throws: `CommandFailure` for invalid TOML, unknown keys and values of the wrong type.
    init(_ paths: Paths) throws {
        guard let table = try SettingsTable.read(paths.configurationFile, what: "the configuration") else { return }
        try table.checkKeys(["endpoint", "credentials_command", "profile", "profiles"])
        endpoint = try table.string("endpoint")
        credentialsCommand = try table.strings("credentials_command")
        profile = try table.string("profile")
        guard let profiles = try table.table("profiles") else { return }
        for name in profiles.keys {
            guard let entry = try profiles.table(name) else { continue }
            try entry.checkKeys(["credentials_command", "endpoint"])
            guard let command = try entry.strings("credentials_command") else {
                throw CommandFailure(
                    "invalid_setting", "\(table.path): the profile '\(name)' lacks credentials_command",
                    hint: "sprun login --profile \(name.shellQuoted) saves credentials in a file instead")
            }
            self.profiles[name] = Profile(credentialsCommand: command, endpoint: try entry.string("endpoint"))
        }
    }
}
