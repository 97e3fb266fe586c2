internal import Foundation

/// The process's variables.
struct Environment: Sendable {
    /// All of them.
    let variables: [String: String]

    /// Those of this process.
    static func current() -> Environment { Environment(variables: ProcessInfo.processInfo.environment) }

    /// A variable; `nil` when it is not set.
    subscript(name: String) -> String? { variables[name] }

    /// A variable; `nil` when it is not set or empty.
    func nonEmpty(_ name: String) -> String? {
        guard let value = variables[name], !value.isEmpty else { return nil }
        return value
    }
}
