internal import Foundation
internal import SystemPackage

/// The process's variables, and where it was started.
struct Environment: Sendable {
    /// All of them.
    let variables: [String: String]
    /// The folder that relative paths are meant from.
    var folder = FilePath("/")

    /// Those of this process.
    static func current() -> Environment {
        Environment(
            variables: ProcessInfo.processInfo.environment,
            folder: FilePath(FileManager.default.currentDirectoryPath))
    }

    /// A variable; `nil` when it is not set.
    subscript(name: String) -> String? { variables[name] }

    /// A variable; `nil` when it is not set or empty.
    func nonEmpty(_ name: String) -> String? {
        guard let value = variables[name], !value.isEmpty else { return nil }
        return value
    }
}
