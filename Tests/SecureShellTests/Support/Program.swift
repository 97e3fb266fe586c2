import Subprocess
import SystemPackage

/// A program that a test runs to its end.
enum Program {
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    @discardableResult
    static func run(_ path: String, _ arguments: [String]) async throws -> String {
        let result = try await Subprocess.run(
            path.contains("/") ? .path(FilePath(path)) : .name(path), arguments: Arguments(arguments),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        guard result.terminationStatus.isSuccess else {
            throw Failed(description: "\(path) \(arguments): \(result.standardError)")
        }
        return result.standardOutput
    }
}
