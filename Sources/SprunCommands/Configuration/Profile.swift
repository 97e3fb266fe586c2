internal import FoundationEssentials
internal import Groundwork
internal import SystemPackage

/// A named account: a file that `sprun login --profile` writes, or an entry of `config.toml`.
struct Profile {
    let name: String
    /// The text that describes the source of its credentials.
    let origin: String
    /// The client id; `nil` if a command prints the credentials, or if the file cannot be used.
    let clientID: String?
    /// The address of the API; `nil` for the usual one.
    let endpoint: String?

    /// Throws if a text cannot be the name of a profile.
    ///
    /// - Throws: `CommandFailure`, `usage`.
    static func check(_ name: String) throws {
        let allowed = name.utf8.allSatisfy { $0.isLetterOrDigit || "-_.".utf8.contains($0) }
        guard !name.isEmpty, name.utf8.count <= 64, allowed, !name.hasPrefix(".") else {
            throw CommandFailure(
                "usage", "'\(name.withoutControls)' cannot be the name of a profile",
                hint: "use letters, digits, '-', '_' and '.', such as client-a")
        }
    }

    /// Returns all profiles, sorted by name; a file takes precedence over an entry of the same name.
    ///
    /// - Throws: `CommandFailure` if `config.toml` cannot be used.
    static func all(_ paths: Paths) throws -> [Profile] {
        var profiles: [String: Profile] = [:]
        for (name, entry) in try ConfigurationFile(paths).profiles {
            let command = entry.credentialsCommand.joined(separator: " ")
            profiles[name] = Profile(name: name, origin: "command: \(command)", clientID: nil, endpoint: entry.endpoint)
        }
        for file in (try? FileManager.default.contentsOfDirectory(atPath: paths.profiles.string)) ?? [] {
            guard file.hasSuffix(".toml"), !file.hasPrefix(".") else { continue }
            let name = String(file.dropLast(5))
            let path = paths.profile(name)
            let table = try? SettingsTable.read(path, what: "the profile")
            profiles[name] = Profile(
                name: name, origin: path.string, clientID: (try? table?.string("client_id")) ?? nil,
                endpoint: (try? table?.string("endpoint")) ?? nil)
        }
        return profiles.values.sorted { $0.name < $1.name }
    }
}
