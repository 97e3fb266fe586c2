internal import FoundationEssentials
internal import SystemPackage

/// The environment variables and the working folder of the process.
struct Environment: Sendable {
    /// All variables.
    let variables: [String: String]
    /// The folder that relative paths start from.
    var folder = FilePath("/")

    /// Returns the environment of this process.
    static func current() -> Environment {
        Environment(
            variables: ProcessInfo.processInfo.environment,
            folder: FilePath(FileManager.default.currentDirectoryPath))
    }

    /// The value of a variable; `nil` if it is not set.
    subscript(name: String) -> String? { variables[name] }

    /// Returns the value of a variable; `nil` if it is not set or empty.
    func nonEmpty(_ name: String) -> String? {
        guard let value = variables[name], !value.isEmpty else { return nil }
        return value
    }
}
