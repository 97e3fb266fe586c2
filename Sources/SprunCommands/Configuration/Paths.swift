internal import SystemPackage

/// The paths of sprun's files: by the XDG rules, or all below `SPRUN_HOME`.
struct Paths: Sendable {
    /// The folder for settings that users write.
    let configuration: FilePath
    /// The folder for data of runs.
    let state: FilePath
    /// The folder for files that can be fetched again.
    let cache: FilePath

    /// Determines the folders.
    ///
    /// - Throws: `CommandFailure` if no home folder is known.
    init(_ environment: Environment) throws {
        if let home = environment.nonEmpty("SPRUN_HOME") {
            let root = FilePath(home)
            configuration = root
            state = root.appending("state")
            cache = root.appending("cache")
            return
        }
        // The XDG rules require that relative paths in these variables are ignored.
        func folder(_ variable: String, _ fallback: String) throws -> FilePath {
            if let value = environment.nonEmpty(variable), value.hasPrefix("/") {
                return FilePath(value).appending("sprun")
            }
            guard let home = environment.nonEmpty("HOME") else {
                throw CommandFailure(
                    "invalid_setting", "neither HOME nor SPRUN_HOME is set, so sprun cannot locate its files",
                    hint: "export SPRUN_HOME=/path/to/a/folder")
            }
            return FilePath(home).appending(fallback).appending("sprun")
        }
        configuration = try folder("XDG_CONFIG_HOME", ".config")
        state = try folder("XDG_STATE_HOME", ".local/state")
        cache = try folder("XDG_CACHE_HOME", ".cache")
    }

    /// The settings that users write.
    var configurationFile: FilePath { configuration.appending("config.toml") }
    /// The credentials that `sprun login` writes.
    var credentialsFile: FilePath { configuration.appending("credentials.toml") }
    /// The folder for the credentials of profiles, in a file each.
    var profiles: FilePath { configuration.appending("profiles") }

    /// Returns the file with the credentials of a profile.
    func profile(_ name: String) -> FilePath { profiles.appending("\(name).toml") }

    /// The account of `sprun run --simulate`.
    var simulatedAccount: FilePath { state.appending("simulated-account.json") }
    /// The lock of shared recipes that were run without a project.
    var sharedLock: FilePath { state.appending("shared.lock") }
    /// The journal of runs.
    var journal: FilePath { state.appending("journal.db") }
    /// The key of the journal.
    var journalKey: FilePath { state.appending("journal.key") }
    /// The folder for generated secrets of runs without a journal, in a file per run.
    var secrets: FilePath { state.appending("secrets") }
}
