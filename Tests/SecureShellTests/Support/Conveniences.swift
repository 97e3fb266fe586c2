import Groundwork
import RecipeEngine
import SecureShell

extension ShellScript {
    /// A script of a test.
    init(_ text: String, input: String = "", marker: String? = nil, limit: Duration = .seconds(60)) throws {
        try self.init(Secret(text), input: Secret(Array(input.utf8)), marker: marker, timeLimit: limit)
    }
}

extension ShellResult {
    var outputText: String { String(decoding: output, as: UTF8.self) }
    var errorText: String { String(decoding: error, as: UTF8.self) }
}

extension OpenSSH {
    func run(_ script: ShellScript, on host: ShellHost) async throws(ShellFailure) -> ShellResult {
        try await run(script, on: host) { _ in }
    }
}

/// Runs a body that has to fail, and gives the failure.
func failure(_ body: () async throws -> Void) async -> ShellFailure? {
    do {
        try await body()
        return nil
    } catch {
        return error as? ShellFailure
    }
}
